import { expect, test } from '@jest/globals';
import { STABLECOINS } from '../../src/models/stablecoins.js';
import { describeOnBoth } from '../support/databases.js';

describeOnBoth('the views', (database) => {
  test('the dollars in the database are those of the program', async () => {
    const rows = await database().run(
      (sql) => sql<{ asset: string }[]>`select asset from exchange_sync.dollars`,
    );
    expect(new Set(rows.map(({ asset }) => asset))).toEqual(new Set(['USD', ...STABLECOINS]));
  });

  test('every view and column has a comment, and a type that every tool knows', async () => {
    const columns = await database().run(
      (sql) => sql`
        select c.relname as view, a.attname as column, t.typtype as kind, col_description(c.oid, a.attnum) as said,
               obj_description(c.oid, 'pg_class') as title
          from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
         where c.relnamespace = 'exchange_sync'::regnamespace and c.relkind = 'v' and a.attnum > 0`,
    );
    expect(new Set(columns.map(({ view }) => view as string)).size).toBe(5);
    expect(
      columns.filter(({ kind, said, title }) => kind !== 'b' || said === null || title === null),
    ).toEqual([]);
  });

  test('a role that may read the views alone reads them and nothing else', async () => {
    await database().run(async (sql) => {
      await sql`create role viewer`;
      await sql`grant usage on schema exchange_sync to viewer`;
      await sql`grant select on exchange_sync.portfolio, exchange_sync.portfolio_history, exchange_sync.portfolio_history_assets,
        exchange_sync.realized_pnl, exchange_sync.cash_flows to viewer`;
    });
    const asViewer = (text: 'views' | 'raw') =>
      database().run((sql) =>
        sql.begin(async (transaction) => {
          await transaction`set local role viewer`;
          if (text === 'raw') return await transaction`select raw from exchange_sync.trades`;
          return await transaction`
            select (select count(*) from exchange_sync.portfolio) + (select count(*) from exchange_sync.portfolio_history)
              + (select count(*) from exchange_sync.portfolio_history_assets) + (select count(*) from exchange_sync.realized_pnl)
              + (select count(*) from exchange_sync.cash_flows) as rows`;
        }),
      );
    expect(await asViewer('views')).toHaveLength(1);
    await expect(asViewer('raw')).rejects.toThrow(/permission/);
  });
});
