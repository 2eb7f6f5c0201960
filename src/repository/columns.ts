import type { PendingQuery, Row } from 'postgres';
import type { Sql } from '../database/with-database.js';
import { type Decimal, parseDecimal, toText } from '../models/decimal.js';
import { bounded, boundedColumn, MAX_MESSAGE } from './texts.js';
import { epochMs, isoTime, msOf } from './times.js';

/** A part of a statement that is still to be sent. */
export type Fragment = PendingQuery<Row[]>;

/** How a column's values are written into rows of JSON, selected without loss of digits, and read back. */
export interface ColumnType<T> {
  write(value: T): unknown;
  select(sql: Sql, column: Fragment): Fragment;
  read(stored: unknown): T;
  /** The column's name, if it is not that of the property. */
  readonly name?: string;
  /** Its times are by this machine's clock. */
  readonly isLocal?: boolean;
  /** Null does not replace a stored value. */
  readonly isKept?: boolean;
}

const same = <T>(): ColumnType<T> => ({
  write: (value) => value,
  select: (_sql, column) => column,
  read: (stored) => stored as T,
});

export const text = same<string>();
export const flag = same<boolean>();
export const json = same<unknown>();

/** Text with a known set of values. */
export const choice = <T extends string>(): ColumnType<T> => same<T>();

export const texts: ColumnType<readonly string[]> = {
  ...same(),
  select: (sql, column) => sql`to_json(${column})`,
};

export const amount: ColumnType<Decimal> = {
  write: toText,
  // JSON's numbers are read as floats.
  select: (sql, column) => sql`${column}::text`,
  read: (stored) => parseDecimal(stored as string),
};

/** ms since 1970. */
export const time: ColumnType<number> = { write: isoTime, select: epochMs, read: msOf };

/** The same by this machine's clock, which a commit corrects to the database's. */
export const localTime: ColumnType<number> = { ...time, isLocal: true };

/** Text of an exchange or an error, which may be of any length. */
export const message = (limit = MAX_MESSAGE): ColumnType<string> => ({
  write: (value) => bounded(value, limit),
  select: (sql, column) => boundedColumn(sql, column, limit),
  read: (stored) => stored as string,
});

/** Undefined is null in the database. */
export const optional = <T>(type: ColumnType<T>): ColumnType<T | undefined> => ({
  ...type,
  write: (value) => (value === undefined ? undefined : type.write(value)),
  select: (sql, column) => type.select(sql, column),
  read: (stored) => (stored === null || stored === undefined ? undefined : type.read(stored)),
});

export const kept = <T>(type: ColumnType<T>): ColumnType<T> => ({ ...type, isKept: true });
export const named = <T>(name: string, type: ColumnType<T>): ColumnType<T> => ({ ...type, name });

/** Fragments with commas between them. */
export const joined = (sql: Sql, parts: readonly Fragment[], between = sql`, `): Fragment =>
  parts.reduce((list, part) => sql`${list}${between}${part}`);

/** `a, b`, or `table.a, table.b`. */
export const listed = (sql: Sql, names: readonly string[], table?: string): Fragment =>
  joined(
    sql,
    names.map((name) => sql`${sql(table === undefined ? name : `${table}.${name}`)}`),
  );
