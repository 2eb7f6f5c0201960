import type { AccountId } from './account.js';
import type { StoredGap } from './coverage.js';
import type { Decimal } from './decimal.js';
import type { Snapshot } from './history.js';
import type { Difference, Holding } from './holdings.js';
import type { AccountTotals } from './unread.js';
import type { Rate } from './currencies.js';

/** The last reading of a wallet: `readAt` in ms, undefined if there was none; `failure` says why the newest failed. */
export interface WalletAge {
  readonly wallet: string;
  readonly readAt: number | undefined;
  readonly failure: string | undefined;
}

/** A price that an earlier sync found, and when in ms. */
export interface LastPrice {
  readonly price: Decimal;
  readonly time: number;
}

/** One account as the database holds it; everything `show` knows. */
export interface AccountPortfolio {
  readonly account: AccountId;
  /** End of the last successful sync in ms, undefined before the first. */
  readonly lastSuccess: number | undefined;
  /** Set where the newest run failed. */
  readonly lastFailure: { readonly time: number; readonly message: string } | undefined;
  readonly wallets: readonly WalletAge[];
  readonly holdings: readonly Holding[];
  /** The last known price of held assets without a price; shown, never counted. */
  readonly lastPrices: ReadonlyMap<string, LastPrice>;
  /** How much of a held asset has an estimated cost: the market value when it was deposited. */
  readonly estimated: ReadonlyMap<string, Decimal>;
  /** Realized profit and loss of all kinds since the beginning, undefined before the first sync. */
  readonly realized: Decimal | undefined;
  /** Assets of which more left than the history explains. */
  readonly missingAcquisitions: readonly string[];
  /** Balances that the recorded history does not explain. */
  readonly differences: readonly Difference[];
  /** What the exchange reports beside the wallets; undefined if nothing is known. */
  readonly totals: AccountTotals | undefined;
  /** Wallets and streams that the last sync could not read, if a figure may be wrong without them. */
  readonly gaps: readonly Omit<StoredGap, 'fix' | 'affects'>[];
  /** Whether a key is configured; undefined if that is not known here. */
  readonly hasKey: boolean | undefined;
}

/** Whether no sync has stored anything of the account, so that nothing of it is known. */
export const isNeverSynced = ({ realized, holdings }: AccountPortfolio): boolean =>
  realized === undefined && holdings.length === 0;

/** What is stored of several accounts, and how their values went in the last days. */
export interface Portfolio {
  readonly accounts: readonly AccountPortfolio[];
  /** Of each account one of each quarter of a day, oldest first. */
  readonly recent: readonly Snapshot[];
  /** The rate that converts every amount; undefined in the currency of the ledger. */
  readonly rate: Rate | undefined;
}
