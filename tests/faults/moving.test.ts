import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sql } from 'postgres';
import { withDatabase } from '../../src/database/with-database.js';
import type { ServerSettings } from '../../src/models/settings.js';
import { needsPackage } from '../support/needs.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { fill, openStage, SINCE, type Stage } from '../support/stage.js';
import { urlOf } from '../support/urls.js';
import { withSql } from '../support/with-sql.js';

const EXACT = '1234567890123456789.012345678901234567890123456789012345678900';
const AWKWARD = 'tab\t, "quote", back\\slash, \\N, line\n\\.\nend, é 💰, \'; drop table x; --';

let server: TestServer;
let stage: Stage;
let script: string;

beforeAll(async () => {
  needsPackage('postgresql-client', 'psql');
  server = await startPostgres();
  stage = await openStage();
  fill(stage.account, stage.simulator.world.now());
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
  await embedded(storeAwkward);
  script = join(stage.folder, 'exchange-sync.sql');
  const { code, stdout, stderr } = await stage.run(['export'], {
    env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  writeFileSync(script, stdout);
}, 200_000);
afterAll(async () => {
  await stage.end();
  await server.stop();
});

const embedded = <T>(work: (sql: Sql) => Promise<T>): Promise<T> =>
  withDatabase(
    { kind: 'embedded', directory: join(stage.folder, 'data', 'database') },
    { lockWaitMs: 0 },
    ({ run }) => run(work),
  );

/** Rows that a careless way of writing them would change; of an account that no key is for. */
async function storeAwkward(sql: Sql): Promise<void> {
  await sql`
    insert into exchange_sync.events (account, source, event_id, time, type, status, market, price, assets, amounts, roles,
                                      wallets, affects_from, raw)
    select 'binance', 'trades:A', n::text, '2026-01-02 03:04:05.678901+00', 'trade', 'done', 'A/B', 0.10,
           array['A', ${AWKWARD}], array[${EXACT}::numeric, '-1e-60'::numeric], '{base,quote}', array['', null], '-infinity', ${sql.json({ text: AWKWARD })}::jsonb || '{"n": 1.500, "none": null}'
      from generate_series(1, 20000) as n`;
  await sql`
    insert into exchange_sync.snapshots (account, run_id, taken_at, complete, unpriced_assets)
    values ('binance', gen_random_uuid(), '2026-01-02 03:04:05.000001+00', false, array['', ${AWKWARD}, 'null'])`;
  await sql`
    insert into public.sync_history (exchange_id, sync_type, success, start_time, error_message)
    values ('binance', '', false, '2026-01-02 03:04:05.123456', ${AWKWARD}), ('binance', null, null, null, '')`;
  await sql`delete from public.sync_history where error_message = ''`;
}

/** Every row of every table as text, and where each sequence stands. */
async function fetchAll(sql: Sql): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname = 'exchange_sync' or tablename in ('portfolio_items', 'sync_history') order by name`;
  await sql`set timezone = 'UTC'`;
  const all = new Map<string, readonly string[]>();
  for (const { name } of tables) {
    const rows = await sql<{ row: string }[]>`select t::text as row from ${sql(name)} t order by 1`;
    all.set(
      name,
      rows.map(({ row }) => row),
    );
  }
  const sequences = await sql<{ row: string }[]>`
    select sequencename || ' ' || last_value as row from pg_sequences
     where schemaname in ('public', 'exchange_sync') order by 1`;
  return all.set(
    'sequences',
    sequences.map(({ row }) => row),
  );
}

const psql = (database: ServerSettings) =>
  spawnSync('psql', ['--no-psqlrc', urlOf(database), '-f', script], { encoding: 'utf8' });

const requestsOf = async (env: Record<string, string>): Promise<readonly string[]> => {
  stage.simulator.requests.length = 0;
  expect((await stage.run(['sync'], { env })).code).toBe(0);
  return stage.simulator.requests.map(({ path }) => path).sort();
};

test('two commands move every row and sequence to a server, and the next sync goes on there', async () => {
  const database = await server.createDatabase();
  const moved = psql(database);
  expect({ status: moved.status, stderr: moved.stderr }).toEqual({ status: 0, stderr: '' });
  expect(moved.stdout).toMatch(/^exchange-sync: all \d+ rows are here\..*\n$/);
  const [here, there] = [await embedded(fetchAll), await withSql(database, fetchAll)];
  expect(there).toEqual(here);
  expect(there.get('exchange_sync.events')?.filter((row) => row.includes(EXACT))).toHaveLength(20_000);
  const again = psql(database);
  expect(again.status).toBe(3);
  expect(again.stderr).toMatch(
    /already holds rows of (binance|bybit|binance, bybit) in .*\n.*nothing was changed/,
  );
  expect(await withSql(database, fetchAll)).toEqual(there);
  // Both begin where the export stood: as little is asked of the exchange by the one as by the other.
  const onServer = await requestsOf({ DATABASE_URL: urlOf(database) });
  expect(onServer).toEqual(await requestsOf({}));
  expect((await stage.run(['check', '--offline'], { env: { DATABASE_URL: urlOf(database) } })).code).toBe(0);
}, 200_000);

test('what AlphaPulse holds of other exchanges stays, and the numbers of rows go on after it', async () => {
  const database = await server.createDatabase();
  await withSql(database, async (sql) => {
    await sql`create table public.portfolio_items (
      asset varchar(50), exchange_id varchar(50), id serial primary key, quantity numeric not null, current_price numeric,
      avg_entry_price numeric, created_at timestamp, updated_at timestamp, note text, unique (exchange_id, asset))`;
    await sql`insert into public.portfolio_items (exchange_id, asset, quantity) values ('kraken', 'BTC', 1), ('kraken', 'ETH', 2)`;
  });
  expect(psql(database)).toMatchObject({ status: 0, stderr: '' });
  const items = (sql: Sql) =>
    sql`select id, exchange_id, asset, quantity from public.portfolio_items order by exchange_id desc, id`;
  const [old, ...moved] = [await withSql(database, items), ...(await embedded(items))];
  expect(old).toEqual([
    { id: 1, exchange_id: 'kraken', asset: 'BTC', quantity: '1' },
    { id: 2, exchange_id: 'kraken', asset: 'ETH', quantity: '2' },
    ...moved.map((row) => ({ ...row, id: (row['id'] as number) + 2 })),
  ]);
  expect((await stage.run(['sync'], { env: { DATABASE_URL: urlOf(database) } })).code).toBe(0);
}, 200_000);

test('what is half there, or of another version, is refused whole', async () => {
  const database = await server.createDatabase();
  const text = execFileSync('cat', [script], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  const cut = `${script}.cut`;
  writeFileSync(cut, text.slice(0, text.lastIndexOf('commit;')));
  spawnSync('psql', ['--no-psqlrc', urlOf(database), '-f', cut]);
  const schemas = (sql: Sql) => sql`select from pg_namespace where nspname = 'exchange_sync'`;
  expect(await withSql(database, schemas)).toHaveLength(0);
  expect(psql(database).status).toBe(0);
  await withSql(database, async (sql) => {
    await sql`delete from exchange_sync.schema_migrations where version = 6`;
  });
  const refused = psql(database);
  expect(refused.status).toBe(3);
  expect(refused.stderr).toContain('this database has the tables of another version of exchange-sync');
}, 200_000);
