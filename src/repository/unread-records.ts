import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import type { Stream } from '../models/events.js';
import type { StreamUnreadRecord } from '../models/unread-record.js';
import { bounded } from './texts.js';
import { isoTime, msOf } from './times.js';

/** More are read by later syncs, once these are resolved. */
const MAX_FETCHED = 1_000;

/** The oldest first. */
export async function fetchUnreadRecords(sql: Sql, account: AccountId): Promise<StreamUnreadRecord[]> {
  const rows = await sql<{ stream: Stream; hash: string; time: Date | null; reason: string; raw: unknown }[]>`
    select stream, hash, time, reason, raw from exchange_sync.unread_records
     where account = ${account} order by first_seen_at, stream, hash limit ${MAX_FETCHED}`;
  return rows.map((row) => ({ ...row, time: row.time ? msOf(row.time) : undefined }));
}

export interface UnreadSummary {
  readonly stream: Stream;
  readonly records: number;
  /** ms since 1970 of the oldest whose time is known. */
  readonly oldest: number | undefined;
  /** Of one of them. */
  readonly reason: string;
}

/** How many records of each stream are unread. */
export async function fetchUnreadSummary(sql: Sql, account: AccountId): Promise<UnreadSummary[]> {
  const rows = await sql<{ stream: Stream; records: number; oldest: Date | null; reason: string }[]>`
    select stream, count(*)::int as records, min(time) as oldest, min(reason) as reason
      from exchange_sync.unread_records where account = ${account} group by stream order by stream`;
  return rows.map((row) => ({ ...row, oldest: row.oldest ? msOf(row.oldest) : undefined }));
}

export const unreadRow = ({ stream, hash, time, reason, raw }: StreamUnreadRecord) => ({
  stream,
  hash,
  time: time === undefined ? undefined : isoTime(time),
  reason: bounded(reason),
  raw,
});

export const resolvedRow = ({ stream, hash }: StreamUnreadRecord) => ({ stream, hash });

/** `unread_records` and `resolved_records` of `lease.doc`: one that was interpreted is an event now. */
export const savedUnread = (sql: Sql) => sql`
  saved_unread as (
    insert into exchange_sync.unread_records as known (account, stream, hash, time, reason, raw)
    select lease.account, stream, hash, time, reason, raw
      from lease, jsonb_to_recordset(lease.doc -> 'unread_records') as record(
        stream text, hash text, time timestamptz, reason text, raw jsonb)
    on conflict (account, stream, hash) do update set reason = excluded.reason
     where known.reason is distinct from excluded.reason
  ),
  resolved_unread as (
    delete from exchange_sync.unread_records u using lease, jsonb_to_recordset(lease.doc -> 'resolved_records') as record(
        stream text, hash text)
     where u.account = lease.account and u.stream = record.stream and u.hash = record.hash
  )`;
