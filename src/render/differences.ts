import { toText } from '../models/decimal.js';
import type { Difference } from '../models/holdings.js';
import { printable } from './escape.js';
import { timeOrNull } from './json-text.js';

/** `BTC -0.1`: a signed quantity of an asset, with every digit. */
export const signedQuantity = ({ asset, amount }: Pick<Difference, 'asset' | 'amount'>): string =>
  `${printable(asset)} ${amount.isPositive() ? '+' : ''}${toText(amount)}`;

export const differenceJson = ({ asset, amount, since }: Difference): object => ({
  asset,
  amount: toText(amount),
  since: timeOrNull(since),
});
