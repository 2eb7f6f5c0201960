import { describe, expect, test } from '@jest/globals';
import type postgres from 'postgres';
import type { CheckResult } from '../../src/models/check.js';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';

let stage: Stage;
let sql: postgres.Sql;

onServer('all', async (opened) => {
  ({ stage, sql } = opened);
  fill(stage.account, stage.simulator.world.now());
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
});

async function findings(...args: readonly string[]): Promise<Map<string, CheckResult>> {
  const { stdout } = await stage.run(['check', '--format', 'json', ...args]);
  const { checks } = JSON.parse(stdout) as { checks: CheckResult[] };
  return new Map(checks.map((check) => [check.name, check]));
}

describe('check', () => {
  test('looks at everything, in order, and all is well after a sync', async () => {
    const found = await findings();
    expect([...found.keys()]).toEqual([
      'configuration',
      'database',
      'tls',
      'grants',
      'schema',
      'last-sync:bybit',
      'wallets:bybit',
      'products:bybit',
      'snapshots:bybit',
      'lease:bybit',
      'ban:bybit',
      'retention:bybit',
      'records:bybit',
      'books:bybit',
      'drift:bybit',
      'cost:bybit',
      'exchange:bybit',
      'clock:bybit',
      'key:bybit',
      'key-binding:bybit',
      'coverage:bybit',
    ]);
    expect([...found.values()].filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(found.get('tls')?.message).toContain('on this machine');
    expect(found.get('wallets:bybit')?.message).toMatch(/^FUND was read \d+ s ago, UNIFIED was read/);
    expect(found.get('retention:bybit')?.message).toMatch(
      /^history is synced well within the exchange's retention \(7\d\d days to spare; nothing before \d{4}-\d\d-\d\d is available\)$/,
    );
  });

  test.each([
    ['nowhere/sync.prom', 'cannot be written', 'mkdir -p'],
    ['sync.txt', 'node_exporter does not read', 'end in .prom'],
  ])('metrics that could not be written or read at %s are a WARNING', async (path, message, remedy) => {
    const env = { EXCHANGE_SYNC_METRICS_FILE: `${stage.folder}/${path}` };
    const { stdout } = await stage.run(['check', '--only', 'metrics'], { env });
    expect(stdout).toContain('WARNING');
    expect(stdout).toContain(message);
    expect(stdout).toContain(remedy);
    const good = { EXCHANGE_SYNC_METRICS_FILE: `${stage.folder}/sync.prom` };
    expect((await stage.run(['check', '--only', 'metrics'], { env: good })).code).toBe(0);
  });

  test('--only and --skip choose, and a name that does not exist is answered with those that do', async () => {
    expect([...(await findings('--only', 'lease', '--only', 'clock')).keys()]).toEqual([
      'lease:bybit',
      'clock:bybit',
    ]);
    const rest = await findings('--offline', '--skip', 'books', '--skip', 'exchange');
    expect(rest.has('drift:bybit')).toBe(true);
    expect(rest.has('books:bybit')).toBe(false);
    const wrong = await stage.run(['check', '--only', 'leases']);
    expect(wrong).toMatchObject({ code: 64, stdout: '' });
    expect(wrong.stderr).toContain('Choose: configuration');
  });

  test('what is wanted cannot be seen where something before it fails, and that is said', async () => {
    const down = await stage.run(['check', '--only', 'drift'], {
      env: { DATABASE_URL: 'postgres://postgres@127.0.0.1:1/none' },
    });
    expect(down).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/^CRITICAL: database: /) as unknown,
    });
  });

  test('a wallet that has not been read for long is a WARNING with its reason', async () => {
    await sql`update exchange_sync.wallets set read_at = now() - interval '3 days', failure = 'no permission' where wallet = 'FUND'`;
    const wallets = (await findings('--offline')).get('wallets:bybit');
    expect(wallets).toMatchObject({ state: 'warning', message: 'FUND was read 3 days ago (no permission)' });
    expect(wallets?.remedy).toContain('exchange-sync sync -e bybit');
    await sql`update exchange_sync.wallets set read_at = now(), failure = null`;
  });

  test('a lease tells of the run at work, and of one that died', async () => {
    await sql`insert into exchange_sync.leases values ('bybit', gen_random_uuid(), 'host:7', now() - interval '90 seconds', now() + interval '1 minute')`;
    expect((await findings('--only', 'lease')).get('lease:bybit')).toMatchObject({
      state: 'ok',
      message: expect.stringMatching(/^host:7 has been syncing for 9\d s$/) as unknown,
    });
    await sql`update exchange_sync.leases set expires_at = now()`;
    expect((await findings('--only', 'lease')).get('lease:bybit')).toMatchObject({
      state: 'warning',
      message: expect.stringContaining('stale lock from host:7') as unknown,
    });
    await sql`delete from exchange_sync.leases`;
  });

  test('a cursor that nears the end of what the exchange keeps is a WARNING, one behind it CRITICAL', async () => {
    const [before] = await sql`select complete_until from exchange_sync.cursors where stream = 'trades'`;
    const move = async (days: number) => {
      await sql`update exchange_sync.cursors set complete_until = now() - ${days} * interval '1 day' where stream = 'trades'`;
      return (await findings('--only', 'retention')).get('retention:bybit');
    };
    expect(await move(710)).toMatchObject({ state: 'warning', remedy: 'exchange-sync sync -e bybit' });
    expect(await move(740)).toMatchObject({
      state: 'critical',
      message: expect.stringMatching(
        /^some trades were never synced and are lost: nothing before /,
      ) as unknown,
    });
    await sql`update exchange_sync.cursors set complete_until = ${before?.['complete_until'] as Date} where stream = 'trades'`;
  });

  test('a role that lacks rights gets the GRANT', async () => {
    await sql`create role watcher login password 'watching'`;
    await sql`grant usage on schema exchange_sync to watcher`;
    await sql`grant select on all tables in schema exchange_sync to watcher`;
    await sql`grant select on public.sync_history to watcher`;
    const url = new URL(stage.env['DATABASE_URL'] ?? '');
    url.username = 'watcher';
    url.password = 'watching';
    const { stdout, code } = await stage.run(['check', '--offline'], { env: { DATABASE_URL: url.href } });
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA exchange_sync TO watcher;/,
    );
  });
});

describe('the key', () => {
  test('one that works from any address is a WARNING that --skip key-binding leaves out', async () => {
    stage.account.ips = ['*'];
    expect((await findings()).get('key-binding:bybit')).toMatchObject({
      state: 'warning',
      message: 'the key works from any IP address',
    });
    expect((await stage.run(['check', '--only', 'key', '--skip', 'key-binding'])).code).toBe(0);
    stage.account.ips = ['127.0.0.1'];
  });

  test('sync refuses one that can withdraw, 77, unless its owner insists', async () => {
    const { permissions } = stage.account;
    stage.account.readOnly = 0;
    stage.account.permissions = { ...permissions, Wallet: ['Withdraw'] };
    // What was found out yesterday no longer counts.
    await sql`delete from exchange_sync.exchange_cache where kind = 'key-rights'`;
    const refused = await stage.run(['sync']);
    expect(refused).toMatchObject({ code: 77 });
    expect(refused.stderr).toContain('the bybit key has withdrawal permission');
    const insisting = { env: { EXCHANGE_SYNC_ALLOW_WITHDRAW_KEYS: 'true' } };
    expect(await stage.run(['sync'], insisting)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('The key can trade') as unknown,
    });
    expect(await stage.run(['sync'], insisting)).toMatchObject({ code: 0, stderr: '' });
    stage.account.readOnly = 1;
    stage.account.permissions = permissions;
  });

  test('its rights are asked for a few times a day, and again when the key is another', async () => {
    await stage.run(['sync']);
    const asked = () => stage.simulator.requests.filter(({ path }) => path === '/v5/user/query-api').length;
    const before = asked();
    await stage.run(['sync']);
    expect(asked()).toBe(before);
  });
});
