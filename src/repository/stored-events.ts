import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { parseDecimal } from '../models/decimal.js';
import type { Entry, EventSet, Fee, Income, Trade, Transfer } from '../models/events.js';
import { fetchEntries } from './entries.js';
import { isoTime, msOf } from './times.js';

/** Rows of each table at once; a millisecond is never cut in two. */
const PAGE = 5_000;

export interface EventPage extends EventSet {
  readonly entries: readonly Entry[];
  /** Everything up to this time (ms, inclusive) is in it; undefined at the end of the history. */
  readonly until: number | undefined;
}

/** What happened after a time (ms), or from the beginning, oldest first, without raw records. */
export async function fetchEventPage(
  sql: Sql,
  account: AccountId,
  after: number | undefined,
  limit = PAGE,
): Promise<EventPage> {
  const from = after === undefined ? '-infinity' : isoTime(after);
  const [edge] = await sql<{ time: Date | null }[]>`
    select min(time) as time from (
      (select time from exchange_sync.trades where account = ${account} and time > ${from}::text::timestamptz order by time offset ${limit} limit 1)
      union all
      (select time from exchange_sync.transfers where account = ${account} and time > ${from}::text::timestamptz order by time offset ${limit} limit 1)
      union all
      (select time from exchange_sync.incomes where account = ${account} and time > ${from}::text::timestamptz order by time offset ${limit} limit 1)
      union all
      (select time from exchange_sync.entries where account = ${account} and time > ${from}::text::timestamptz order by time offset ${limit} limit 1)
    ) as next_of_each`;
  const until = edge?.time ? msOf(edge.time) : undefined;
  const to = until === undefined ? 'infinity' : isoTime(until);
  return {
    until,
    entries: await fetchEntries(sql, account, { from, to }),
    trades: (
      await sql<TradeRow[]>`
        select kind, symbol, trade_id, base, quote, side, amount, price, value, fee_asset, fee_amount, time
          from exchange_sync.trades where account = ${account} and time > ${from}::text::timestamptz and time <= ${to}::text::timestamptz`
    ).map(tradeOf),
    transfers: (
      await sql<TransferRow[]>`
        select direction, transfer_id, asset, amount, fee_asset, fee_amount, status, network, txid, time
          from exchange_sync.transfers where account = ${account} and time > ${from}::text::timestamptz and time <= ${to}::text::timestamptz`
    ).map(transferOf),
    incomes: (
      await sql<IncomeRow[]>`
        select income_id, asset, amount, reason, time
          from exchange_sync.incomes where account = ${account} and time > ${from}::text::timestamptz and time <= ${to}::text::timestamptz`
    ).map(incomeOf),
  };
}

/**
 * Those of the events given whose identity is stored already, as they are stored. Each is looked up by itself:
 * the planner, which cannot know how few are given, would read the whole table for a join.
 */
export async function fetchKnownEvents(sql: Sql, account: AccountId, events: EventSet): Promise<EventSet> {
  const trades = sql.json(events.trades.map(({ kind, symbol, id }) => ({ kind, symbol, id })));
  const transfers = sql.json(events.transfers.map(({ direction, id }) => ({ direction, id })));
  const incomes = sql.json(events.incomes.map(({ id }) => ({ id })));
  return {
    trades: (
      await sql<TradeRow[]>`
        select t.kind, t.symbol, t.trade_id, t.base, t.quote, t.side, t.amount, t.price, t.value, t.fee_asset,
               t.fee_amount, t.time
          from jsonb_to_recordset(${trades}) as given(kind text, symbol text, id text), lateral (
            select * from exchange_sync.trades where account = ${account} and kind = given.kind
               and symbol = given.symbol and trade_id = given.id limit 1) as t`
    ).map(tradeOf),
    transfers: (
      await sql<TransferRow[]>`
        select t.direction, t.transfer_id, t.asset, t.amount, t.fee_asset, t.fee_amount, t.status, t.network, t.txid, t.time
          from jsonb_to_recordset(${transfers}) as given(direction text, id text), lateral (
            select * from exchange_sync.transfers where account = ${account} and direction = given.direction
               and transfer_id = given.id limit 1) as t`
    ).map(transferOf),
    incomes: (
      await sql<IncomeRow[]>`
        select i.income_id, i.asset, i.amount, i.reason, i.time
          from jsonb_to_recordset(${incomes}) as given(id text), lateral (
            select * from exchange_sync.incomes where account = ${account} and income_id = given.id limit 1) as i`
    ).map(incomeOf),
  };
}

interface FeeColumns {
  readonly fee_asset: string | null;
  readonly fee_amount: string | null;
}

interface TradeRow extends FeeColumns {
  readonly kind: Trade['kind'];
  readonly symbol: string;
  readonly trade_id: string;
  readonly base: string;
  readonly quote: string;
  readonly side: Trade['side'];
  readonly amount: string;
  readonly price: string;
  readonly value: string;
  readonly time: Date;
}

const tradeOf = (row: TradeRow): Trade => ({
  kind: row.kind,
  id: row.trade_id,
  orderId: undefined,
  symbol: row.symbol,
  base: row.base,
  quote: row.quote,
  side: row.side,
  amount: parseDecimal(row.amount),
  price: parseDecimal(row.price),
  value: parseDecimal(row.value),
  fee: feeOf(row),
  time: msOf(row.time),
  raw: undefined,
});

export interface TransferRow extends FeeColumns {
  readonly direction: Transfer['direction'];
  readonly transfer_id: string;
  readonly asset: string;
  readonly amount: string;
  readonly status: Transfer['status'];
  readonly network: string | null;
  readonly txid: string | null;
  readonly time: Date;
}

export const transferOf = (row: TransferRow): Transfer => ({
  id: row.transfer_id,
  direction: row.direction,
  asset: row.asset,
  amount: parseDecimal(row.amount),
  fee: feeOf(row),
  status: row.status,
  network: row.network ?? undefined,
  txid: row.txid ?? undefined,
  time: msOf(row.time),
  raw: undefined,
});

interface IncomeRow {
  readonly income_id: string;
  readonly asset: string;
  readonly amount: string;
  readonly reason: string;
  readonly time: Date;
}

const incomeOf = ({ income_id, asset, amount, reason, time }: IncomeRow): Income => ({
  id: income_id,
  asset,
  amount: parseDecimal(amount),
  reason,
  time: msOf(time),
  raw: undefined,
});

const feeOf = ({ fee_asset, fee_amount }: FeeColumns): Fee | undefined =>
  fee_asset !== null && fee_amount !== null
    ? { asset: fee_asset, amount: parseDecimal(fee_amount) }
    : undefined;
