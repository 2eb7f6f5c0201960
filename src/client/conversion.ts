import type { Fee, Trade } from './drafts.js';
import type { Decimal } from '../models/decimal.js';

export interface Conversion {
  readonly kind: 'convert' | 'dust';
  readonly id: string;
  readonly from: string;
  readonly fromAmount: Decimal;
  readonly to: string;
  /** Before the fee. */
  readonly toAmount: Decimal;
  readonly fee: Fee | undefined;
  readonly time: number;
  readonly raw: unknown;
}

/**
 * A conversion as a trade: what was given is always sold for what was received. Which of the two a market
 * would call its base plays no part, for it would change the identity with the list of markets.
 */
export const tradeOfConversion = ({ from, fromAmount, to, toAmount, ...same }: Conversion): Trade => ({
  ...same,
  orderId: undefined,
  symbol: `${from}/${to}`,
  base: from,
  quote: to,
  side: 'sell',
  amount: fromAmount,
  price: toAmount.div(fromAmount),
  value: toAmount,
});
