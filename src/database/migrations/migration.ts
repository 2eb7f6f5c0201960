import { createHash } from 'node:crypto';
import type { PendingQuery, Row } from 'postgres';

/** A tagged template without parameters, so that the same text is run and hashed. */
export type MigrationTag<T> = (text: TemplateStringsArray) => T;

export interface Migration {
  readonly version: number;
  readonly name: string;
  /** Several statements, run as one simple query. Never changed once it was released. */
  readonly up: <T>(sql: MigrationTag<T>) => T;
}

export type MigrationQuery = PendingQuery<Row[]>;

/** Which migrations a database has; made before the first of them. */
export const recordTable = <T>(sql: MigrationTag<T>): T => sql`
  create table if not exists exchange_sync.schema_migrations (
    version integer primary key,
    name text not null,
    hash text not null,
    applied_at timestamptz not null default now()
  )`;

export const asText: MigrationTag<string> = (text) => text.join('');

export const hashOf = (migration: Migration): string =>
  createHash('sha256').update(migration.up(asText)).digest('hex');
