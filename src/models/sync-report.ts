import type { FailureKind } from '../errors.js';
import type { AccountId } from './account.js';
import type { CoinChange } from './coin-changes.js';
import type { MissingPart } from './coverage.js';
import type { Entry } from './account-event.js';
import type { Difference } from './holdings.js';
import type { MissingAcquisition, UnvaluedEvent } from './pool.js';
import type { AccountTotals } from './unread.js';
import type { Ambiguity } from './transfers.js';

/** An account whose sync is stored; 'partial' if a figure may be wrong, as something could not be read or settled. */
export interface StoredReport {
  readonly account: AccountId;
  readonly outcome: 'synced' | 'partial';
  readonly assets: number;
  readonly newTrades: number;
  readonly newTransfers: number;
  readonly unpriced: readonly string[];
  /** What the market says of coins that are counted as 1 though they are far from it: `USDC/USDT 0.9412`. */
  readonly offPeg: readonly string[];
  /** Assets held whose cost is not wholly known: `known` of `held`, decimal strings. */
  readonly unknownCost: readonly {
    readonly asset: string;
    readonly known: string;
    readonly held: string;
  }[];
  /** What the exchange reports beside the wallets; undefined if nothing is known. */
  readonly totals: AccountTotals | undefined;
  /** Balances that the recorded history does not explain. */
  readonly differences: readonly Difference[];
  /** Those of them that look like a renaming or a change of unit. */
  readonly coinChanges: readonly CoinChange[];
  /** Opening and adjustment entries that this run stored. */
  readonly entries: readonly Entry[];
  readonly missing: readonly MissingAcquisition[];
  readonly unvalued: readonly UnvaluedEvent[];
  readonly ambiguous: readonly Ambiguity[];
  readonly unreadableWallets: readonly { readonly wallet: string; readonly reason: string }[];
  /** Wallets and streams that could not be read in this run. */
  readonly coverage: readonly MissingPart[];
  /** How many records that cannot be interpreted this run found first, and why one of them cannot. */
  readonly unread: { readonly found: number; readonly example: string | undefined };
  /** True the first time that this key was found to be able to trade. */
  readonly tradingKey: boolean;
  /** Why the transfers between this account and others could not be applied. */
  readonly unsettled: string | undefined;
  readonly requests: number;
  readonly retries: number;
  readonly milliseconds: number;
  readonly dryRun: boolean;
}

export interface FailedReport {
  readonly account: AccountId;
  readonly outcome: 'failed';
  /** 'bug' is an unexpected error. */
  readonly kind: FailureKind | 'bug';
  readonly message: string;
  readonly fix: string | undefined;
  readonly requests: number;
  readonly retries: number;
  readonly milliseconds: number;
}

/** What one account's sync did. */
export type AccountReport = StoredReport | FailedReport;

export interface SyncReport {
  readonly runId: string;
  readonly accounts: readonly AccountReport[];
  readonly milliseconds: number;
}
