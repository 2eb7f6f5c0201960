import type { Decimal } from '../models/decimal.js';
import { TOTAL_KINDS, type TotalKind } from '../models/pool.js';
import { amount, type ColumnType, flag, json, named, text, time } from './columns.js';
import { defineTable } from './table.js';

/** Columns of totals that are not named as the program names them. */
const COLUMN_NAMES: Partial<Record<TotalKind, string>> = {
  trade: 'realized_trade',
  fee: 'realized_fee',
  income: 'realized_income',
  transferFee: 'realized_transfer_fee',
  book: 'book_value',
};

const totalColumn = (kind: TotalKind): ColumnType<Decimal> => {
  const name = COLUMN_NAMES[kind];
  return name === undefined ? amount : named(name, amount);
};

const totalsOf = <K extends TotalKind>(kinds: readonly K[]) =>
  Object.fromEntries(kinds.map((kind) => [kind, totalColumn(kind)])) as Record<K, ColumnType<Decimal>>;

export const POOLS = defineTable('pools', ['asset'], {
  asset: text,
  cash: flag,
  quantity: amount,
  cost: amount,
  grossCost: amount,
  unknownQuantity: amount,
  estimatedQuantity: amount,
  estimatedCost: amount,
  ...totalsOf(TOTAL_KINDS),
});

export const DAILY_RESULTS = defineTable('daily_results', ['day', 'asset'], {
  day: text,
  asset: text,
  ...totalsOf(TOTAL_KINDS),
});

/** Totals that are of a snapshot's past too; the others can be had by day only. */
const REALIZED_BY_DAY: readonly TotalKind[] = ['trade', 'fee', 'transferFee', 'unmatchedProceeds'];

/** What the ledger of each asset had counted, one row a change. */
export const POOL_HISTORY = defineTable('pool_history', ['asset', 'since'], {
  asset: text,
  since: time,
  quantity: amount,
  ...totalsOf(TOTAL_KINDS.filter((kind) => !REALIZED_BY_DAY.includes(kind))),
});

export const MISSING_ACQUISITIONS = defineTable('missing_acquisitions', ['event', 'asset'], {
  event: text,
  asset: text,
  time,
  found: amount,
  missing: amount,
});

export const UNVALUED_EVENTS = defineTable('unvalued_events', ['event', 'asset'], {
  event: text,
  asset: text,
  time,
});

/** The cost that coins took along when they were sent. */
export const CARRIED_COSTS = defineTable('carried_costs', ['withdrawalId'], {
  withdrawalId: text,
  time,
  carried: json,
});

export const TRANSFER_RESOLUTIONS = defineTable('transfer_resolutions', ['direction', 'id'], {
  direction: text,
  id: named('transfer_id', text),
  resolution: text,
});
