import type { Decimal } from './decimal.js';

/** What an account has in a product of the exchange that is not read. */
export interface UnreadProduct {
  /** `Earn`, or `derivatives (unrealized P&L)`. */
  readonly product: string;
  /** Signed, in `currency`; undefined if it is unknown. */
  readonly value: Decimal | undefined;
  readonly currency: string;
}

/** The exchange's own total of an account, and what it has beside the wallets that are read. */
export interface AccountTotals {
  /** Undefined if the exchange does not report it to this key. */
  readonly total: { readonly value: Decimal; readonly currency: string } | undefined;
  readonly products: readonly UnreadProduct[];
  /** ms since 1970 */
  readonly readAt: number;
}

/** The exchange's own valuation of an account, by product. */
export interface Overview {
  readonly total: { readonly value: Decimal; readonly currency: string };
  /** Value in the wallets that are read, by the exchange. */
  readonly inWallets: Decimal;
  /** Value in every other product, without zeros. */
  readonly products: readonly UnreadProduct[];
}

/** For products that the exchange does not report to this key. */
export const OTHER_PRODUCTS: UnreadProduct = { product: 'other products', value: undefined, currency: 'USD' };
