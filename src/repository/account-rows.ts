import { Decimal, toText, ZERO } from '../models/decimal.js';
import type { StoredGap } from '../models/coverage.js';
import type { Difference, Holding, WalletReading } from '../models/holdings.js';
import { type LedgerCommit, ledgerRows } from './ledger-rows.js';
import type { AccountTotals } from '../models/unread.js';
import { totalsRows } from './account-totals.js';
import { gapRows } from './coverage.js';
import { differenceRow } from './differences.js';
import { type EventBatch, eventRows, lastOfEach } from './event-rows.js';
import { type CacheEntry, cacheRows } from './exchange-cache.js';
import { bounded } from './texts.js';
import { isoTime } from './times.js';

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
  const { holdings, wallets } = commit;
  return {
    ...eventRows(commit),
    holdings: holdings.map(holdingRow),
    wallets: wallets.map(walletRow),
    balances: wallets.flatMap(balanceRows),
    ledger: ledgerRows(commit.ledger),
    differences: commit.differences.map(differenceRow),
    ...totalsRows(commit.totals),
    remembered: cacheRows(commit.remembered ?? new Map()),
    started_at: isoTime(commit.startedAt),
    ended_at: isoTime(commit.endedAt),
    value: valueOf(holdings),
    unpriced: holdings.filter(({ price }) => !price.known).map(({ asset }) => asset),
    coverage: gapRows(commit.gaps),
    complete: commit.complete,
    success: commit.success,
    error_message: commit.errorMessage && bounded(commit.errorMessage),
  };
}

/** What follows from the books alone, as rows of JSON; without events, for these are stored. */
export const settledRows = ({
  holdings,
  ledger,
  endedAt,
}: Pick<AccountCommit, 'holdings' | 'ledger' | 'endedAt'>) => ({
  ...eventRows(NO_EVENTS),
  holdings: holdings.map(holdingRow),
  ledger: ledgerRows(ledger),
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

const holdingRow = ({ asset, quantity, price, cost }: Holding) => ({
  asset,
  quantity: toText(quantity),
  price: price.known ? toText(price.price) : undefined,
  price_route: price.known ? price.route : undefined,
  priced_at: price.known ? isoTime(price.pricedAt) : undefined,
  known_quantity: toText(cost.knownQuantity),
  cost: toText(cost.cost),
  average_entry: cost.averageEntry && toText(cost.averageEntry),
});

const walletRow = (reading: WalletReading) => ({
  wallet: reading.wallet,
  read_at: reading.status === 'read' ? isoTime(reading.readAt) : undefined,
  failure: reading.status === 'unreadable' ? bounded(reading.reason) : undefined,
});

const balanceRows = (reading: WalletReading) =>
  reading.status === 'read'
    ? lastOfEach(reading.balances, ({ rawCode }) => rawCode).map(({ asset, rawCode, total, borrowed }) => ({
        wallet: reading.wallet,
        asset,
        raw_code: rawCode,
        total: toText(total),
        borrowed: toText(borrowed),
      }))
    : [];
