import type { JSONValue } from 'postgres';
import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { isoTime } from './times.js';

export interface CacheEntry {
  readonly value: unknown;
  /** ms since 1970 */
  readonly expiresAt: number;
}

/** Answers of the exchange that were kept of an account or a host, by kind; expired ones too. */
export async function fetchCache(sql: Sql, owner: string): Promise<ReadonlyMap<string, CacheEntry>> {
  const rows = await sql<{ kind: string; value: unknown; expires_at: Date }[]>`
    select kind, value, expires_at from exchange_sync.exchange_cache where account = ${owner}`;
  // A time that is none is over.
  return new Map(
    rows.map(({ kind, value, expires_at }) => [kind, { value, expiresAt: expires_at.getTime() }]),
  );
}

/** The values of a kind that is kept and not expired, of the accounts named, or of all. */
export async function fetchKept(sql: Sql, kind: string, accounts?: readonly AccountId[]): Promise<unknown[]> {
  const rows = await sql<{ value: unknown }[]>`
    select value from exchange_sync.exchange_cache
     where kind = ${kind} and expires_at > now() and ${accounts ? sql`account in ${sql(accounts)}` : sql`true`}`;
  return rows.map(({ value }) => value);
}

export async function saveCache(
  sql: Sql,
  owner: string,
  entries: ReadonlyMap<string, CacheEntry>,
): Promise<void> {
  const rows = cacheRows(entries);
  await sql`
    insert into exchange_sync.exchange_cache (account, kind, value, expires_at)
    select ${owner}, kind, value, expires_at
      from jsonb_to_recordset(${sql.json(rows as JSONValue)}) as entry(kind text, value jsonb, expires_at timestamptz)
    on conflict (account, kind) do update set value = excluded.value, expires_at = excluded.expires_at`;
}

export const cacheRows = (entries: ReadonlyMap<string, CacheEntry>) =>
  [...entries].map(([kind, { value, expiresAt }]) => ({ kind, value, expires_at: isoTime(expiresAt) }));
