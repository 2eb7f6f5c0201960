import type { PendingQuery, Row } from 'postgres';
import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import type { AccountEvent, Entry, Leg } from '../models/account-event.js';
import { parseDecimal } from '../models/decimal.js';
import type { EventIdentity } from './event-rows.js';
import { isoTime, msOf } from './times.js';

/** Rows at once; a millisecond is never cut in two. */
const PAGE = 5_000;

/** The source of openings and adjustments, which no exchange reports. */
export const ENTRIES = 'entries';

export interface EventPage {
  readonly events: readonly AccountEvent[];
  /** Everything up to this time (ms, inclusive) is in it; undefined at the end of the history. */
  readonly until: number | undefined;
}

/** The events after a time (ms), or from the beginning, in no order, without records and orders. */
export async function fetchEventPage(
  sql: Sql,
  account: AccountId,
  after: number | undefined,
  limit = PAGE,
): Promise<EventPage> {
  const from = after === undefined ? '-infinity' : isoTime(after);
  const [edge] = await sql<{ time: Date }[]>`
    select time from exchange_sync.events where account = ${account} and time > ${from}::text::timestamptz
     order by time offset ${limit} limit 1`;
  const until = edge && msOf(edge.time);
  const to = until === undefined ? 'infinity' : isoTime(until);
  const rows = await sql<EventRow[]>`
    select ${eventColumns(sql)} from exchange_sync.events
     where account = ${account} and time > ${from}::text::timestamptz and time <= ${to}::text::timestamptz`;
  return { until, events: rows.map(eventOf) };
}

/**
 * Those of the events given whose identity is stored already, as they are stored. Each is looked up by itself:
 * the planner, which cannot know how few are given, would read the whole table for a join.
 */
export async function fetchKnownEvents(
  sql: Sql,
  account: AccountId,
  events: readonly EventIdentity[],
): Promise<AccountEvent[]> {
  const identities = sql.json(events.map(({ source, id }) => ({ source, id })));
  const rows = await sql<EventRow[]>`
    select known.* from jsonb_to_recordset(${identities}) as given(source text, id text), lateral (
      select ${eventColumns(sql)} from exchange_sync.events
       where account = ${account} and source = given.source and event_id = given.id limit 1) as known`;
  return rows.map(eventOf);
}

/** The openings and adjustments of an account. */
export async function fetchEntries(sql: Sql, account: AccountId): Promise<Entry[]> {
  const rows = await sql<EventRow[]>`
    select ${eventColumns(sql)} from exchange_sync.events where account = ${account} and source = ${ENTRIES}`;
  return rows.map((row) => eventOf(row) as Entry);
}

/** The columns that `eventOf` reads. The legs come as one text, for an array of numeric would lose digits as JSON. */
export const eventColumns = (sql: Sql): PendingQuery<Row[]> => sql`
  source, event_id, time, type, status, market, price, reason, txid, network,
  json_build_array(assets, amounts::text[], roles, wallets) as legs, case source when ${ENTRIES} then raw end as raw`;

export interface EventRow {
  readonly source: string;
  readonly event_id: string;
  readonly time: Date;
  readonly type: AccountEvent['type'];
  readonly status: AccountEvent['status'];
  readonly market: string | null;
  readonly price: string | null;
  readonly reason: string | null;
  readonly txid: string | null;
  readonly network: string | null;
  readonly legs: readonly [
    assets: readonly string[],
    amounts: readonly string[],
    roles: readonly Leg['role'][],
    wallets: readonly (string | null)[],
  ];
  readonly raw: { readonly balance: string; readonly balanceAt: number } | null;
}

export const eventOf = (row: EventRow): AccountEvent => ({
  source: row.source,
  id: row.event_id,
  time: msOf(row.time),
  type: row.type,
  status: row.status,
  legs: legsOf(row.legs),
  market: row.market ?? undefined,
  price: row.price === null ? undefined : parseDecimal(row.price),
  reason: row.reason ?? undefined,
  txid: row.txid ?? undefined,
  network: row.network ?? undefined,
  raw: row.raw ? { ...row.raw, balance: parseDecimal(row.raw.balance) } : undefined,
});

const legsOf = ([assets, amounts, roles, wallets]: EventRow['legs']): Leg[] =>
  assets.map((asset, at) => ({
    asset,
    amount: parseDecimal(amounts[at] as string),
    role: roles[at] as Leg['role'],
    wallet: wallets[at] ?? undefined,
  }));
