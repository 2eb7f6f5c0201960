import type { Sql } from '../database/with-database.js';
import { type ColumnType, type Fragment, joined } from './columns.js';

/** A column with the property that holds its value in a record of the table. */
export interface Column extends ColumnType<unknown> {
  readonly name: string;
  readonly property: string;
}

/** A table of the schema exchange_sync with one list of its columns; `account` is the first of its key. */
export interface Table<T, N extends string = string> {
  readonly name: N;
  /** Names of the key's columns after `account`. */
  readonly key: readonly string[];
  readonly columns: readonly Column[];
  /** A row and a record without values, to copy: a wide object that grows name by name takes ten times the memory. */
  readonly emptyRow: StoredRow;
  readonly emptyRecord: Partial<T>;
}

type Columns = Readonly<Record<string, ColumnType<unknown>>>;

/** What a row of a table is in the program. */
type RecordOf<C extends Columns> = {
  readonly [K in keyof C]: C[K] extends ColumnType<infer T> ? T : never;
};

export type RecordIn<A> = A extends Table<infer T> ? T : never;

/** A column has the name of its property in lower case with underscores, unless it gives another. */
export function defineTable<N extends string, C extends Columns>(
  name: N,
  key: readonly (keyof C)[],
  columns: C,
): Table<RecordOf<C>, N> {
  const all = Object.entries(columns).map(([property, type]) => ({
    ...type,
    property,
    name: type.name ?? property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  }));
  return {
    name,
    key: all.filter(({ property }) => key.includes(property)).map((column) => column.name),
    columns: all,
    emptyRow: Object.fromEntries(all.map((column) => [column.name, undefined])),
    emptyRecord: Object.fromEntries(all.map(({ property }) => [property, undefined])) as Partial<RecordOf<C>>,
  };
}

/** A record of which other objects have the properties. */
export const mergedRecord = <T extends object>(
  { emptyRecord }: Table<T>,
  ...parts: readonly Partial<T>[]
): T => Object.assign({ ...emptyRecord } as T, ...parts) as T;

/** Records as rows of JSON under the table's name; of two with one key the last, as an upsert refuses both. */
export function rowsOf<T extends object, N extends string>(table: Table<T, N>, records: readonly T[]) {
  const rows = new Map<string, StoredRow>();
  for (const record of records) {
    const row = rowOf(table, record);
    rows.set(JSON.stringify(table.key.map((name) => row[name])), row);
  }
  return { [table.name]: [...rows.values()] } as Record<N, StoredRow[]>;
}

function rowOf({ columns, emptyRow }: Table<object>, record: object): StoredRow {
  const row: Record<string, unknown> = { ...emptyRow };
  columns.forEach((column) => {
    row[column.name] = column.write((record as never)[column.property]);
  });
  return row;
}

/** The account's rows of a table, ordered by key, as a part of a statement; `recordsOf` reads them. */
export const selectedRows = (sql: Sql, table: Table<object>, account: Fragment): Fragment => sql`
  select ${joined(
    sql,
    table.columns.map(
      (column) => sql`${column.select(sql, sql`${sql(column.name)}`)} as ${sql(column.name)}`,
    ),
  )}
    from ${tableName(sql, table)} where account = ${account}
   order by ${joined(
     sql,
     ['account', ...table.key].map((name) => sql`${tableName(sql, table)}.${sql(name)}`),
   )}`;

/** A row by column, as JSON writes or `selectedRows` gives it. */
export type StoredRow = Readonly<Record<string, unknown>>;

export const recordsOf = <T extends object>(
  { columns, emptyRecord }: Table<T>,
  rows: readonly StoredRow[],
): T[] =>
  rows.map((row) => {
    const record: Record<string, unknown> = { ...emptyRecord };
    columns.forEach((column) => {
      record[column.property] = column.read(row[column.name]);
    });
    return record as T;
  });

/** All that is stored of an account in a table, ordered by key. */
export const fetchRecords = async <T extends object>(
  sql: Sql,
  table: Table<T>,
  account: string,
): Promise<T[]> => recordsOf(table, await sql<StoredRow[]>`${selectedRows(sql, table, sql`${account}`)}`);

export const tableName = (sql: Sql, { name }: Pick<Table<object>, 'name'>): Fragment =>
  sql`exchange_sync.${sql(name)}`;
