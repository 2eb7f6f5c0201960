import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { json, text, time } from './columns.js';
import { jsonText } from './event-rows.js';
import { savedRows } from './saved-rows.js';
import { defineTable, rowsOf } from './table.js';

export interface CacheEntry {
  readonly value: unknown;
  /** ms since 1970 */
  readonly expiresAt: number;
}

/** Answers of the exchange that are stored for an account or a host, by kind. */
export const EXCHANGE_CACHE = defineTable('exchange_cache', ['kind'], {
  kind: text,
  value: json,
  expiresAt: time,
});

export const cacheRows = (entries: ReadonlyMap<string, CacheEntry>) =>
  rowsOf(
    EXCHANGE_CACHE,
    [...entries].map(([kind, entry]) => ({ kind, ...entry })),
  );

/** Of an account or a host, by kind; expired ones too. */
export async function fetchCache(sql: Sql, owner: string): Promise<ReadonlyMap<string, CacheEntry>> {
  const rows = await sql<{ kind: string; value: unknown; expires_at: Date }[]>`
    select kind, value, expires_at from exchange_sync.exchange_cache where account = ${owner}`;
  // An invalid time is over.
  return new Map(
    rows.map(({ kind, value, expires_at }) => [kind, { value, expiresAt: expires_at.getTime() }]),
  );
}

/** The values of a kind that are not expired, of the accounts named, or of all. */
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
  await sql`
    with lease as (select ${owner}::text as account, ${jsonText(cacheRows(entries))}::text::jsonb as doc),
    ${savedRows(sql, EXCHANGE_CACHE)} select`;
}
