import type { Sql } from '../database/with-database.js';
import { ExpectedError } from '../errors.js';
import type { AccountId } from '../models/account.js';
import { type Decimal, parseDecimal } from '../models/decimal.js';
import {
  type Pool,
  type TransferredCost,
  type LedgerState,
  type Lot,
  TOTAL_KINDS,
  type TotalKind,
  type Totals,
} from '../models/pool.js';
import { isoTime, msOf, msOrNone } from './times.js';

/** How far the ledger is up to date, and which stored events are not applied yet. */
export interface LedgerPosition {
  readonly settings: string | undefined;
  /** The number of the last event stored, pending ones included. */
  readonly arrival: string;
  /** Times (ms) of all checkpoints, newest first. */
  readonly times: readonly number[];
  /** The earliest time (ms) that pending events affect; undefined without any. */
  readonly affectedFrom: number | undefined;
}

export async function fetchLedgerPosition(sql: Sql, account: AccountId): Promise<LedgerPosition> {
  const rows = await sql<{ time: Date; arrival: string; settings: string }[]>`
    select time, arrival, settings from exchange_sync.checkpoints where account = ${account} order by time desc`;
  const [newest] = rows;
  const applied = newest?.arrival ?? '0';
  const [waiting] = await sql<{ time: Date | null; arrival: string | null }[]>`
    select min(affects_from) as time, max(arrival) as arrival from exchange_sync.events
     where account = ${account} and arrival > ${applied}`;
  return {
    settings: newest?.settings,
    arrival: waiting?.arrival ?? applied,
    times: rows.map(({ time }) => msOf(time)),
    affectedFrom: msOrNone(waiting?.time ?? null),
  };
}

export async function fetchCheckpoint(
  sql: Sql,
  account: AccountId,
  time: number,
): Promise<LedgerState | undefined> {
  const [row] = await sql<{ state: StateJson }[]>`
    select state from exchange_sync.checkpoints where account = ${account} and time = ${isoTime(time)}`;
  return row && readable(account, 'a checkpoint', () => ({ time, pools: row.state.books.map(poolOf) }));
}

/** What is worked out from the events can be worked out again; throws 'config' where it is not in the form of this program. */
export function readable<T>(account: AccountId, what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TypeError) && !(error instanceof RangeError)) throw error;
    throw new ExpectedError('config', `${what} of ${account} is not in the form that this program writes`, {
      fix: startAnew(account),
      cause: error,
    });
  }
}

function startAnew(account: AccountId): string {
  const own = `where account = '${account.replaceAll("'", "''")}'`;
  return `Nothing was stored. Let the next sync work it out anew: delete from exchange_sync.carried_costs ${own}; delete from exchange_sync.checkpoints ${own};`;
}

/** JSON as JSON.stringify writes these values: amounts as text. */
interface StateJson {
  readonly books: readonly PoolJson[];
}

type Texts<T> = { readonly [K in keyof T]: string };

interface PoolJson {
  readonly asset: string;
  readonly cash: boolean;
  readonly balance: string;
  readonly lots: readonly Texts<Lot>[];
  readonly past: Texts<Totals>;
  readonly today?: Texts<Totals>;
}

const poolOf = ({ asset, cash, balance, lots, past, today }: PoolJson): Pool => ({
  asset,
  cash,
  balance: parseDecimal(balance),
  lots: lots.map(lotOf),
  past: totalsOf(past),
  today: today && totalsOf(today),
});

const lotOf = (texts: Texts<Lot>): Lot => {
  const grossCost = texts.grossCost === texts.cost ? undefined : parseDecimal(texts.grossCost);
  const cost = parseDecimal(texts.cost);
  return {
    quantity: parseDecimal(texts.quantity),
    cost,
    grossCost: grossCost ?? cost,
    unknownQuantity: parseDecimal(texts.unknownQuantity),
    estimatedQuantity: parseDecimal(texts.estimatedQuantity),
    estimatedCost: parseDecimal(texts.estimatedCost),
  };
};

function totalsOf(texts: Texts<Totals>): Totals {
  // Pairs of a checkpoint's thousands of totals would take more memory than the totals.
  const totals = {} as Record<TotalKind, Decimal>;
  TOTAL_KINDS.forEach((kind) => {
    totals[kind] = parseDecimal(texts[kind]);
  });
  return totals;
}

export interface TransferredCostJson {
  readonly time: number;
  readonly value?: string;
  readonly ['parcels']: readonly Texts<Lot>[];
}

export const transferredCostOf = ({
  time,
  value,
  ['parcels']: lots,
}: TransferredCostJson): TransferredCost => ({
  time,
  value: value === undefined ? undefined : parseDecimal(value),
  lots: lots.map(lotOf),
});

/** As it is stored: the lots under the key of the first version, which stored rows still have. */
export const transferredCostJson = ({ time, value, lots }: TransferredCost) => ({
  time,
  value,
  ['parcels']: lots,
});
