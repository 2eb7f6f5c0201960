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

export const hashOf = (migration: Migration): string =>
  createHash('sha256')
    .update(migration.up((text) => text.join('')))
    .digest('hex');
