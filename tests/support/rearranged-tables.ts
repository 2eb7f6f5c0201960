import type { Sql } from 'postgres';

interface Table {
  readonly name: string;
  /** Their definitions, the last first. */
  readonly columns: readonly string[];
  readonly names: readonly string[];
  readonly constraints: readonly string[];
  readonly indexes: readonly string[];
}

/** Makes every table of the program anew with its columns in the other order and one of a stranger's between; gives how many. */
export async function rearrangeTables(sql: Sql): Promise<number> {
  const views = await sql<{ name: string; body: string }[]>`
    select c.oid::regclass::text as name, pg_get_viewdef(c.oid) as body from pg_class c
     where c.relkind = 'v' and c.relnamespace = 'exchange_sync'::regnamespace
     order by pg_get_viewdef(c.oid) like '%exchange_sync.transfers%'`;
  const tables = await fetchTables(sql);
  const statements = [
    `drop view ${views.map(({ name }) => name).join()}`,
    ...tables.flatMap(remade),
    ...views.map(({ name, body }) => `create view ${name} as ${body}`),
  ];
  await sql.unsafe(statements.join(';\n'));
  return tables.length;
}

const fetchTables = (sql: Sql) => sql<Table[]>`
  select c.oid::regclass::text as name,
         (select to_jsonb(array_agg(format('%I %s%s%s', attname, format_type(atttypid, atttypmod),
                   case when attnotnull then ' not null' end, ' default ' || pg_get_expr(adbin, adrelid)) order by attnum desc))
            from pg_attribute a left join pg_attrdef on adrelid = attrelid and adnum = attnum
           where attrelid = c.oid and attnum > 0 and not attisdropped) as columns,
         (select to_jsonb(array_agg(quote_ident(attname) order by attnum)) from pg_attribute
           where attrelid = c.oid and attnum > 0 and not attisdropped) as names,
         (select coalesce(to_jsonb(array_agg(pg_get_constraintdef(oid))), '[]') from pg_constraint where conrelid = c.oid) as constraints,
         (select coalesce(to_jsonb(array_agg(pg_get_indexdef(indexrelid))), '[]') from pg_index
           where indrelid = c.oid and not exists (select from pg_constraint where conindid = indexrelid)) as indexes
    from pg_class c
   where c.relkind = 'r' and (c.relnamespace = 'exchange_sync'::regnamespace or c.oid in ('portfolio_items'::regclass, 'sync_history'::regclass))`;

function remade({ name, columns, names, constraints, indexes }: Table): string[] {
  const half = columns.length >> 1;
  const all = [
    ...columns.slice(0, half),
    "theirs text not null default 'theirs'",
    ...columns.slice(half),
    ...constraints,
  ];
  const list = names.join(', ');
  const [schema, bare = schema] = name.split('.');
  return [
    `alter table ${name} rename to old_${bare ?? ''}`,
    ...(name === bare ? [`alter sequence ${name}_id_seq owned by none`] : []),
    `create table ${name} (${all.join(', ')})`,
    `insert into ${name} (${list}) select ${list} from ${name === bare ? '' : `${schema ?? ''}.`}old_${bare ?? ''}`,
    `drop table ${name === bare ? '' : `${schema ?? ''}.`}old_${bare ?? ''}`,
    ...indexes,
  ];
}
