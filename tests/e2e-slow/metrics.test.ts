import { describe, expect, test } from '@jest/globals';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseDecimal, toText } from '../../src/models/decimal.js';
import { rounded } from '../../src/models/figures.js';
import { parsePrometheusText } from '../support/prometheus-text.js';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';

const NOBODY = 'postgres://u:p@127.0.0.1:1/x';

let stage: Stage;
let file: string;

// One story: each run finds what the one before it left.
onServer('all', (opened) => {
  ({ stage } = opened);
  fill(stage.account, stage.simulator.world.now());
  file = join(stage.folder, 'textfile', 'exchange_sync.prom');
  mkdirSync(join(stage.folder, 'textfile'));
  stage.env['EXCHANGE_SYNC_METRICS_FILE'] = file;
});

/** The value of a metric of an account; undefined where it is left out. */
function told(name: string, account = 'bybit', path = file): number | undefined {
  const family = parsePrometheusText(readFileSync(path, 'utf8')).get(`exchange_sync_${name}`);
  const of = [...(family?.samples ?? [])].find(([labels]) => labels.startsWith(`account="${account}"`));
  return of && Number.parseFloat(of[1]);
}

const SUCCESS = 'last_success_timestamp_seconds';

describe('the metrics file', () => {
  test('of a good run says how it went and how the account stands, to everybody who may see the folder', async () => {
    const before = Date.now() / 1000;
    expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
    expect(told('up')).toBe(1);
    expect(told('exit_code')).toBe(0);
    expect(told('items')).toBe(3);
    expect(told('unpriced_items')).toBe(0);
    expect(told('new_trades')).toBe(3);
    expect(told('retries')).toBe(0);
    expect(told('requests')).toBeGreaterThan(5);
    expect(told('last_run_duration_seconds')).toBeGreaterThan(0);
    expect(told('drifting_items')).toBe(0);
    expect(told('cost_known_ratio')).toBe(1);
    for (const name of [SUCCESS, 'last_run_timestamp_seconds']) {
      expect(told(name)).toBeGreaterThanOrEqual(before);
      expect(told(name)).toBeLessThanOrEqual(Date.now() / 1000);
    }
    expect(statSync(file).mode & 0o777).toBe(0o644);
    expect(readdirSync(join(stage.folder, 'textfile'))).toEqual(['exchange_sync.prom']);
  });

  /** As JSON has it, to 8 decimals. */
  const figure = (text = '') => toText(rounded(parseDecimal(text)));

  test('has the figures that show has', async () => {
    const { stdout } = await stage.run(['show', '--format', 'json']);
    const [account] = (JSON.parse(stdout) as { accounts: { totals: Totals; realized: string }[] }).accounts;
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(
      `exchange_sync_value{account="bybit",currency="USD"} ${figure(account?.totals.value)}\n`,
    );
    expect(text).toContain(
      `exchange_sync_unrealized_pnl{account="bybit",currency="USD"} ${figure(account?.totals.pnl)}\n`,
    );
    expect(text).toContain(
      `exchange_sync_realized_pnl{account="bybit",currency="USD"} ${figure(account?.realized)}\n`,
    );
  });

  test('counts what had to be asked again', async () => {
    stage.simulator.faults.add({ kind: 'status', status: 500, path: '/v5/market/tickers', times: 2 });
    expect((await stage.run(['sync'])).code).toBe(0);
    expect([told('up'), told('retries'), told('new_trades')]).toEqual([1, 2, 0]);
  });

  test('says when the key expires once the exchange names a time, and asks for it a few times a day', async () => {
    const asked = () => stage.simulator.requests.filter(({ path }) => path === '/v5/user/query-api').length;
    expect(asked()).toBe(1);
    expect(told('key_expiry_timestamp_seconds')).toBeUndefined();
    stage.account.ips = ['*'];
    await stage.run(['sync']);
    expect(asked()).toBe(1);
    const later = { clockShift: 7 * 3_600_000 };
    stage.simulator.world.advance(later.clockShift);
    await stage.run(['sync'], later);
    expect(asked()).toBe(2);
    expect(told('key_expiry_timestamp_seconds')).toBeGreaterThan(Date.now() / 1000);
  });

  test('of a refused key keeps the last success and how the account stands', async () => {
    const [success, value] = [told(SUCCESS), told('value')];
    stage.account.expired = true;
    expect((await stage.run(['sync'])).code).toBe(77);
    stage.account.expired = false;
    expect(told(SUCCESS)).toBe(success);
    expect(told('value')).toBe(value);
    expect(told('up')).toBe(0);
    expect(told('exit_code')).toBe(77);
    expect(told('requests')).toBeGreaterThan(0);
    expect(told('new_trades')).toBeUndefined();
  });

  test('of a run without its database keeps the last success alone', async () => {
    const success = told(SUCCESS);
    const run = told('last_run_timestamp_seconds') ?? Infinity;
    expect((await stage.run(['sync'], { env: { DATABASE_URL: NOBODY } })).code).toBe(74);
    expect(told(SUCCESS)).toBe(success);
    expect(told('last_run_timestamp_seconds')).toBeGreaterThan(run);
    expect(told('up')).toBe(0);
    expect(told('exit_code')).toBe(74);
    expect(told('value')).toBeUndefined();
  });

  test.each([
    ['a secret is missing', { without: ['BYBIT_API_SECRET'] }, 78],
    ['no account is configured any more', { without: ['BYBIT_API_KEY', 'BYBIT_API_SECRET'] }, 78],
    ['the ping URL is none', { env: { EXCHANGE_SYNC_PING_URL: 'hc-ping.com/x' } }, 78],
  ])('where %s keeps the last success too', async (_title, changes, code) => {
    const success = told(SUCCESS);
    expect((await stage.run(['sync'], changes)).code).toBe(code);
    expect(told(SUCCESS)).toBe(success);
    expect(told('up')).toBe(0);
    expect(told('exit_code')).toBe(code);
  });

  test('of two accounts tells them apart where one fails, 3', async () => {
    const env = {
      BYBIT_SUB1_API_KEY: 'canaryUnknown000',
      BYBIT_SUB1_API_SECRET: 'canaryUnknown000',
      BYBIT_SUB1_BASE_URL: stage.simulator.url,
    };
    expect((await stage.run(['sync'], { env })).code).toBe(3);
    expect([told('up'), told('exit_code'), told('up', 'bybit/sub1')]).toEqual([1, 3, 0]);
    expect(told(SUCCESS, 'bybit/sub1')).toBeUndefined();
    expect(told('value', 'bybit/sub1')).toBeUndefined();
    expect((await stage.run(['sync', '-e', 'bybit'], { env })).code).toBe(0);
    expect([told('exit_code'), told('exit_code', 'bybit/sub1')]).toEqual([0, 3]);
  });

  test('that is lost comes back with the last success that the database knows', async () => {
    const success = told(SUCCESS);
    rmSync(file);
    stage.account.expired = true;
    await stage.run(['sync']);
    stage.account.expired = false;
    expect(told(SUCCESS)).toBe(success);
  });

  test('before any success, of a configuration that names no account, is still written', async () => {
    const other = join(stage.folder, 'other.prom');
    const without = ['BYBIT_API_KEY', 'BYBIT_API_SECRET'];
    expect((await stage.run(['sync', '--metrics-file', other], { without })).code).toBe(78);
    expect(told('up', '', other)).toBe(0);
    expect(told(SUCCESS, '', other)).toBeUndefined();
  });

  test('named by the option wins over the environment, and a dry run writes none', async () => {
    const [other, none] = [join(stage.folder, 'named.prom'), join(stage.folder, 'none.prom')];
    const before = readFileSync(file, 'utf8');
    await stage.run(['sync', '--metrics-file', other]);
    expect(told('up', 'bybit', other)).toBe(1);
    await stage.run(['sync', '--dry-run', '--metrics-file', none]);
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(readdirSync(stage.folder)).not.toContain('none.prom');
  });

  test('that cannot be written is a warning; the sync is whole and ends with its own status', async () => {
    const path = join(stage.folder, 'nowhere', 'x.prom');
    const result = await stage.run(['sync', '--json', '--metrics-file', path]);
    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(/^Warning: the metrics file was not written: ENOENT.*nowhere/);
    expect(JSON.parse(result.stdout)).toMatchObject({ exitCode: 0 });
  });
});

interface Totals {
  readonly value: string;
  readonly pnl: string;
}
