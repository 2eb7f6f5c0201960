import { afterAll, beforeAll, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { type PgBouncer, startPgBouncer } from '../support/pgbouncer.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { fill, openStage, SINCE, type Stage, QUIET } from '../support/stage.js';
import { urlOf } from '../support/urls.js';
import { fault } from './fault.js';

/** What changes the text of values, and PgBouncer does not pass on. */
const ODD = [
  ['intervalstyle', 'iso_8601'],
  ['bytea_output', 'escape'],
  ['extra_float_digits', '-15'],
  ['array_nulls', 'off'],
  ['quote_all_identifiers', 'on'],
  ['transform_null_equals', 'on'],
] as const;

let server: TestServer;
let bouncer: PgBouncer;
let stage: Stage;
let url: string;

beforeAll(async () => {
  server = await startPostgres();
  bouncer = await startPgBouncer(server);
  const database = { ...(await server.createDatabase()), port: bouncer.port };
  url = urlOf(database);
  stage = await openStage(database);
  fill(stage.account, stage.simulator.world.now());
});
afterAll(async () => {
  await stage.end();
  await bouncer.stop();
  await server.stop();
});

fault(20, async () => {
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
  stage.account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.2', price: '60000' });
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
  const { holdings } = await stage.show();
  expect(holdings).toContainEqual(expect.objectContaining({ asset: 'BTC', quantity: '0.2597' }));
  expect(await stage.run(['check'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^OK/) as unknown,
  });
});

test('check warns where others may put a function before one of PostgreSQL, for the path is not passed on', async () => {
  const sql = postgres(url, { max: 1, prepare: false });
  await sql`grant create on schema public to public`;
  const { code, stdout } = await stage.run(['check', '--only', 'grants']);
  await sql`revoke create on schema public from public`;
  await sql.end();
  expect(code).toBe(1);
  expect(stdout).toContain(
    'other roles can create functions that shadow the ones this program calls: public',
  );
  expect(stdout).toContain('SET search_path = pg_catalog, pg_temp;');
});

test('accounts side by side do not mix, and of two runs one ends with 75', async () => {
  stage.simulator.world
    .addAccount('subKey0123456789', 'subSecret0123456789abcdefghijklm')
    .deposit('ETH', '3');
  const env = {
    BYBIT_SUB1_API_KEY: 'subKey0123456789',
    BYBIT_SUB1_API_SECRET: 'subSecret0123456789abcdefghijklm',
    BYBIT_SUB1_BASE_URL: stage.simulator.url,
  };
  stage.simulator.faults.add({ kind: 'delay', ms: 3_000, path: '/v5/account/wallet-balance' });
  const both = await Promise.all([1, 2].map(() => stage.run(['sync', ...SINCE], { env })));
  expect(both.map(({ code }) => code).sort()).toEqual([0, 75]);
  expect(JSON.parse((await stage.run(['show', '--format', 'json'])).stdout)).toMatchObject({
    accounts: [{ account: 'bybit' }, { account: 'bybit/sub1', holdings: [{ asset: 'ETH', quantity: '3' }] }],
  });
});

test('settings of the database that PgBouncer keeps from being set change no figure and no time', async () => {
  const outputs = async () => {
    const shown = await Promise.all(
      [[], ['--history', '7d'], ['--period', '7d'], ['--trades', 'BTC']].map((view) =>
        stage.run(['show', '--format', 'json', ...view]),
      ),
    );
    return shown.map(({ code, stdout }) => [
      code,
      stdout.replaceAll(/^ *"(generatedAt|from|to)": .*$/gm, ''),
    ]);
  };
  const before = await outputs();
  const sql = postgres(url, { max: 1, prepare: false });
  const name = sql(new URL(url).pathname.slice(1));
  for (const [setting, value] of ODD) await sql`alter database ${name} set ${sql(setting)} = ${sql(value)}`;
  // Connections of the pool keep the settings that they began with.
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()`;
  expect(await outputs()).toEqual(before);
  expect(await stage.run(['sync'])).toMatchObject({ code: 0 });
  // A failed run under the new name is no reason to refuse it.
  await sql`insert into exchange_sync.runs (account, run_id, ended_at, success)
            values ('bybit/main', gen_random_uuid(), now(), false)`;
  await sql.end();
  for (const names of [
    ['bybit', 'bybit/main'],
    ['bybit/main', 'bybit'],
  ]) {
    expect(await stage.run(['account', 'rename', ...names])).toMatchObject({ code: 0 });
  }
});

test('nothing that a commit sets stays in the connections that others get', async () => {
  const sql = postgres(url, { max: 1, prepare: false });
  const [left] =
    await sql`select current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement`;
  await sql.end();
  expect(left).toEqual({ lock: '0', statement: '0' });
});
