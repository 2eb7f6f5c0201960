import { beforeEach, expect } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type postgres from 'postgres';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';
import { fault } from './fault.js';

const CONFIG = 78;
const PARTIAL = 3;

let stage: Stage;
let sql: postgres.Sql;

onServer('each', (opened) => {
  ({ stage, sql } = opened);
});
beforeEach(() => {
  fill(stage.account, stage.simulator.world.now());
});

const path = (...parts: string[]) => join(stage.folder, ...parts);
const fetchSchemas = async () =>
  (await sql`select nspname from pg_namespace where nspname = 'exchange_sync'`).length;

const writeEnv = (text: string) => {
  writeFileSync(path('.env'), text, { mode: 0o600 });
};

fault('B2', async () => {
  const without = ['DATABASE_URL'];
  const url = stage.env['DATABASE_URL'] ?? '';
  const [, place = ''] = /@(.*)$/.exec(url) ?? [];
  // The settings file of another project, which names its database.
  await sql`create table public.users (id int)`;
  writeEnv(`DATABASE_URL=${url}\nPORT=80\n`);
  const foreign = await stage.run(['check', '--only', 'configuration', '--only', 'env-file'], { without });
  expect(foreign.stdout).toContain(`database ${path('data', 'database')}`);
  expect(foreign.stdout).toContain(
    '.env names a database but no setting of exchange-sync, so it is not read',
  );

  writeEnv(`DATABASE_URL=${url}\nEXCHANGE_SYNC_LOG_LEVEL=warn\n`);
  const refused = await stage.run(['sync', ...SINCE], { without });
  expect(refused).toMatchObject({ code: CONFIG, stdout: '' });
  expect(refused.stderr).toContain(
    `the database ${place} belongs to another application: it has public.users`,
  );
  expect(refused.stderr).toContain('exchange-sync sync --init');
  expect(await fetchSchemas()).toBe(0);

  const checked = await stage.run(['check', '--only', 'configuration'], { without });
  expect(checked.stdout).toContain(`settings from ${path('.env')}`);
  expect(checked.stdout).toContain(`database ${place}`);

  const agreed = await stage.run(['sync', ...SINCE, '--init'], { without });
  expect(agreed).toMatchObject({
    code: 0,
    stderr: `First sync into the database ${place}: its tables are created now.\n`,
  });
  // Afterwards it is ours.
  expect(await stage.run(['sync'], { without })).toMatchObject({ code: 0, stderr: '' });

  // Far from its settings, show names the embedded database that it finds, or does not.
  const [keys, elsewhere] = [Object.keys(stage.env), path('elsewhere')];
  mkdirSync(elsewhere);
  const lost = { without: keys, env: {}, cwd: elsewhere };
  const shown = await stage.run(['show'], { ...lost, env: { XDG_DATA_HOME: elsewhere } });
  expect(shown).toMatchObject({ code: 66 });
  expect(shown.stderr).toContain(`embedded database in ${join(elsewhere, 'exchange-sync', 'database')}`);
  expect(shown.stderr).toContain('no settings were found');
});

fault('B3', async () => {
  const kraken = { KRAKEN_API_KEY: 'canaryKrakenKey0', KRAKEN_API_SECRET: 'canaryKrakenSecret0' };
  const beside = { env: { ...kraken, BINACE_API_KEY: 'canaryBinance00', EXCHANGE_SYNC_LOG_LEVEL: 'warn' } };
  const synced = await stage.run(['sync', ...SINCE], beside);
  expect(synced).toMatchObject({ code: 0 });
  expect(synced.stderr).toContain('kraken is not supported (KRAKEN_API_KEY, KRAKEN_API_SECRET)');
  expect(synced.stderr).toContain('Did you mean BINANCE_API_KEY?');
  const check = await stage.run(['check', '--only', 'configuration'], beside);
  expect(check.code).toBe(1);
  expect(check.stdout).toContain('kraken is not supported');
  expect(check.stdout).toContain('Did you mean BINANCE_API_KEY?');

  const alone = await stage.run(['sync'], { env: kraken, without: ['BYBIT_API_KEY', 'BYBIT_API_SECRET'] });
  expect(alone).toMatchObject({ code: CONFIG, stdout: '' });
  expect(alone.stderr).toContain('kraken is not supported');

  const listed = await stage.run(['sync', '--json'], { env: { EXCHANGE_SYNC_EXCHANGES: 'bybit,kraken' } });
  expect(listed.code).toBe(PARTIAL);
  expect((JSON.parse(listed.stdout) as { accounts: unknown }).accounts).toMatchObject([
    { account: 'bybit', outcome: 'synced' },
    { account: 'kraken', outcome: 'failed', kind: 'config', message: 'kraken is not supported' },
  ]);
});

fault('B4', async () => {
  const env = {
    EXCHANGE_SYNC_LOG_LEVEL: 'WARN',
    BYBIT_TESTNET: 'False',
    BYBIT_DEMO: 'no',
    COST_METHOD: 'FIFO',
  };
  expect(await stage.run(['sync', ...SINCE], { env })).toMatchObject({ code: 0 });
  stage.simulator.requests.length = 0;
  const off = { env: { EXCHANGE_SYNC_ENABLED: 'False' } };
  expect(await stage.run(['sync'], off)).toEqual({
    ...{ code: 0, signal: null, stdout: '' },
    stderr: 'Nothing was synced: syncs are turned off by EXCHANGE_SYNC_ENABLED.\n',
  });
  expect(stage.simulator.requests).toEqual([]);
  const check = await stage.run(['check', '--only', 'configuration'], off);
  expect(check).toMatchObject({ code: 1, stdout: expect.stringContaining('turned off') as unknown });
  const replaced = { env: { EXCHANGE_SYNC_LOG_DIR: '/var/log/x', EXCHANGE_SYNC_INTERVAL_MINUTES: '30' } };
  const named = await stage.run(['check', '--only', 'configuration'], replaced);
  expect(named).toMatchObject({ code: 0 });
  expect(named.stdout).toMatch(
    /EXCHANGE_SYNC_INTERVAL_MINUTES has no effect here.*EXCHANGE_SYNC_LOG_DIR has no effect/s,
  );
  expect(await stage.run(['sync'], replaced)).toMatchObject({ code: 0, stderr: '' });
});
