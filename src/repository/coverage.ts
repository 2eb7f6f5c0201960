import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import type { Part, PartStatus, StoredGap } from '../models/coverage.js';
import { isoTime, msOf } from './times.js';

/** What an exchange says may be long. */
const MAX_TEXT = 1_000;

interface GapRow {
  readonly part: Part;
  readonly status: PartStatus;
  readonly reason: string;
  readonly fix: string | null;
  readonly affects: boolean;
  readonly since: Date;
}

/** What could not be read of an account, by part. */
export async function fetchGaps(sql: Sql, account: AccountId): Promise<StoredGap[]> {
  const rows = await sql<GapRow[]>`
    select part, status, reason, fix, affects, since from exchange_sync.coverage
     where account = ${account} order by part`;
  return rows.map(({ fix, since, ...gap }) => ({ ...gap, fix: fix ?? undefined, since: msOf(since) }));
}

/** As rows of JSON. */
export const gapRows = (gaps: readonly StoredGap[]) =>
  gaps.map(({ part, status, reason, fix, affects, since }) => ({
    part,
    status,
    reason: bounded(reason),
    fix: fix === undefined ? undefined : bounded(fix),
    affects,
    since: isoTime(since),
  }));

const bounded = (text: string): string => text.slice(0, MAX_TEXT);

/** Replaces what is stored of `lease.account` by `lease.doc.coverage`. */
export const savedCoverage = (sql: Sql) => sql`
  unread as (
    select lease.account, reading.*
      from lease, jsonb_to_recordset(lease.doc -> 'coverage') as reading(
        part text, status text, reason text, fix text, affects boolean, since timestamptz)
  ),
  saved_coverage as (
    insert into exchange_sync.coverage (account, part, status, reason, fix, affects, since)
    select account, part, status, reason, fix, affects, since from unread
    on conflict (account, part) do update
       set status = excluded.status, reason = excluded.reason, fix = excluded.fix, affects = excluded.affects,
           since = excluded.since
  ),
  closed_coverage as (
    delete from exchange_sync.coverage c using lease
     where c.account = lease.account and not exists (select from unread where unread.part = c.part)
  )`;
