import { Decimal, toText, ZERO } from '../models/decimal.js';
import type { StoredGap } from '../models/coverage.js';
import type { Difference, Holding, WalletReading } from '../models/holdings.js';
import { type LedgerCommit, ledgerRows } from './ledger-rows.js';
import type { AccountTotals } from '../models/unread.js';
import { totalsRows } from './account-totals.js';
import { COVERAGE } from './coverage.js';
import { DIFFERENCES } from './differences.js';
import { type EventBatch, eventRows } from './event-rows.js';
import { type CacheEntry, cacheRows } from './exchange-cache.js';
import { holdingRows } from './holdings.js';
import { rowsOf } from './table.js';
import { bounded } from './texts.js';
import { isoTime } from './times.js';
import { walletRows } from './wallets.js';

/** Everything that one account's sync writes. */
export interface AccountCommit extends EventBatch {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly wallets: readonly WalletReading[];
  readonly holdings: readonly Holding[];
  readonly ledger: LedgerCommit;
  /** What the ledger does not explain of the balances. */
  readonly differences: readonly Difference[];
  /** What the exchange reports beside the wallets; undefined if nothing is known. */
  readonly totals: AccountTotals | undefined;
  /** What the next run must know, if this one is stored. */
  readonly remembered?: ReadonlyMap<string, CacheEntry>;
  /** What could not be read; it replaces what is stored of it. */
  readonly gaps: readonly StoredGap[];
  /** Whether every wallet was read, so that the value is whole. */
  readonly complete: boolean;
  /** False if a stored figure may be wrong, as something was not readable; `errorMessage` says what. */
  readonly success: boolean;
  readonly errorMessage?: string;
}

/** The commit as rows of JSON, amounts as text. */
export function accountRows(commit: AccountCommit) {
  const { holdings, endedAt } = commit;
  return {
    ...eventRows(commit),
    ...holdingRows(holdings, endedAt),
    ...walletRows(commit.wallets),
    ...ledgerRows(commit.ledger),
    ...rowsOf(
      DIFFERENCES,
      commit.differences.map((one) => ({ ...one, since: endedAt })),
    ),
    ...rowsOf(COVERAGE, commit.gaps),
    ...totalsRows(commit.totals),
    ...cacheRows(commit.remembered ?? new Map()),
    started_at: isoTime(commit.startedAt),
    ended_at: isoTime(endedAt),
    value: valueOf(holdings),
    unpriced: holdings.filter(({ price }) => !price.known).map(({ asset }) => asset),
    complete: commit.complete,
    success: commit.success,
    error_message: commit.errorMessage && bounded(commit.errorMessage),
  };
}

/** What follows from the ledger alone, as rows of JSON; without events, which are stored already. */
export const settledRows = ({
  holdings,
  ledger,
  endedAt,
}: Pick<AccountCommit, 'holdings' | 'ledger' | 'endedAt'>) => ({
  ...eventRows(NO_EVENTS),
  ...holdingRows(holdings, endedAt),
  ...ledgerRows(ledger),
  ended_at: isoTime(endedAt),
});

const NO_EVENTS = { events: [], cursors: [] };

/** Value of what has a price; none at all where nothing has. */
function valueOf(holdings: readonly Holding[]): string | undefined {
  const values = holdings.flatMap(({ price, quantity }) =>
    price.known ? [price.price.times(quantity)] : [],
  );
  if (values.length === 0 && holdings.length > 0) return undefined;
  return toText(values.reduce((sum: Decimal, value) => sum.plus(value), ZERO));
}
