import type { Sql } from '../database/with-database.js';
import { type Fragment, joined, listed } from './columns.js';
import { type Column, type Table, tableName } from './table.js';

export interface Conditions {
  /** `where …` on `known` and `excluded`: which stored rows a given one replaces. */
  readonly replace?: Fragment;
  /** On `old`: which of the rows that are not given are deleted. */
  readonly remove?: Fragment;
}

/**
 * The part of a commit that writes the rows of `lease.doc` under the table's name, as `given_` and that name;
 * `lease` has the account, the rows, and by how much this machine's clock is late.
 */
export const savedRows = (sql: Sql, table: Table<object>, { replace = sql`` }: Conditions = {}): Fragment => {
  const names = table.columns.map(({ name }) => name);
  return sql`
  ${partName(sql, 'given', table)} as (
    select lease.account, ${joined(
      sql,
      table.columns.map((column) => givenColumn(sql, column)),
    )}
      from lease, jsonb_populate_recordset(null::${tableName(sql, table)}, lease.doc -> ${table.name}::text) as given
  ),
  ${partName(sql, 'saved', table)} as (
    insert into ${tableName(sql, table)} as known (account, ${listed(sql, names)})
    select account, ${listed(sql, names)} from ${partName(sql, 'given', table)}
    on conflict (account${joined(sql, [sql``, ...table.key.map((name) => sql`${sql(name)}`)])}) do update
       set ${replacedColumns(sql, table)} ${replace}
  )`;
};

/** The same; stored rows of the account that are not given are deleted. */
export const replacedRows = (sql: Sql, table: Table<object>, conditions: Conditions = {}): Fragment => sql`
  ${savedRows(sql, table, conditions)},
  ${partName(sql, 'vanished', table)} as (
    delete from ${tableName(sql, table)} old
     where old.account = (select account from lease) and ${conditions.remove ?? sql`true`}
       and not exists (
         select from ${partName(sql, 'given', table)} given
          where ${joined(
            sql,
            ['account', ...table.key].map((name) => sql`given.${sql(name)} = old.${sql(name)}`),
            sql` and `,
          )})
  )`;

/** What a conflicting row takes over from the new one. */
export const replacedColumns = (sql: Sql, { columns, key }: Table<object>): Fragment =>
  joined(
    sql,
    columns
      .filter(({ name }) => !key.includes(name))
      .map(({ name, isKept }) =>
        isKept
          ? sql`${sql(name)} = coalesce(excluded.${sql(name)}, known.${sql(name)})`
          : sql`${sql(name)} = excluded.${sql(name)}`,
      ),
  );

const partName = (sql: Sql, part: string, { name }: Table<object>): Fragment =>
  sql`${sql([part, name].join('_'))}`;

const givenColumn = (sql: Sql, { name, isLocal }: Column): Fragment =>
  isLocal ? sql`given.${sql(name)} + lease.clock_lag as ${sql(name)}` : sql`given.${sql(name)}`;
