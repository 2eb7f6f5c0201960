import type { AccountId } from './account.js';
import type { Decimal } from './decimal.js';

/** An account as one sync found it. */
export interface Snapshot {
  readonly account: AccountId;
  readonly takenAt: number;
  /** Every wallet was read. */
  readonly complete: boolean;
  /** Of all that had a price; undefined where nothing had one. */
  readonly value: Decimal | undefined;
  readonly unpriced: readonly string[];
}
