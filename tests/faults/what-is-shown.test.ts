import { expect } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onServer, type ServerStage } from '../support/on-server.js';
import { fill, SINCE, QUIET } from '../support/stage.js';
import { fault } from './fault.js';

let opened: ServerStage;

/** Two accounts with the same small portfolio, synced once. */
onServer('all', async (stage) => {
  opened = stage;
  const { account, simulator, env } = stage.stage;
  const sub = simulator.world.addAccount('subKey0123456789', 'subSecret0123456789abcdefghijklmn');
  Object.assign(env, {
    BYBIT_SUB1_API_KEY: sub.apiKey,
    BYBIT_SUB1_API_SECRET: sub.secret,
    BYBIT_SUB1_BASE_URL: simulator.url,
  });
  fill(account, simulator.world.now());
  fill(sub, simulator.world.now());
  expect(await stage.stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stdout: '', stderr: QUIET });
});

const show = async (...args: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await opened.stage.run(['show', ...args], { env: { COLUMNS: '120' } });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
};

fault('E13', async () => {
  await opened.sql`
    update exchange_sync.holdings set known_quantity = 0, cost = 0, average_entry = null
     where account = 'bybit/sub1' and asset = 'BTC'`;
  const table = await show('--group', 'asset');
  expect(table).toMatch(/^BTC .*\d\* /m);
  expect(table).toMatch(/^· \* Cost known for 0\.0599 of 0\.1198 BTC: the P&L is of that part only\.$/m);
});

fault('E17', async () => {
  const FIFTY_DIGITS = '12345678901234567890.123456789012345678901234567891';
  await opened.sql`
    update exchange_sync.holdings set quantity = ${FIFTY_DIGITS}, price = 0.00001234567890123
     where account = 'bybit' and asset = 'MNT'`;
  const row = (text: string) => text.split('\r\n').find((line) => line.startsWith('bybit,MNT,'));
  expect(row(await show('--format', 'csv'))).toMatch(
    /^bybit,MNT,12345678901234567890\.12345679,0\.000012345679,\d+\.\d{1,8},/,
  );
  expect(row(await show('--format', 'csv', '--exact'))).toMatch(
    new RegExp(`^bybit,MNT,${FIFTY_DIGITS},0\\.00001234567890123,\\d+\\.\\d{9,},`),
  );
  const [viewed] = await opened.sql`
    select quantity::text, price::text, value::text from exchange_sync.portfolio
     where account = 'bybit' and asset = 'MNT'`;
  expect(viewed).toEqual({
    quantity: '12345678901234567890.12345679',
    price: '0.000012345679',
    value: expect.stringMatching(/^\d+\.\d{1,8}$/) as unknown,
  });
  expect(await show('--format', 'json')).toContain(`"quantity": "${FIFTY_DIGITS}"`);
});

fault('E18', async () => {
  await opened.sql`
    update exchange_sync.holdings set quantity = 123456789.12345678 where account = 'bybit' and asset = 'MNT'`;
  for (const width of [40, 60, 80, 120, 200]) {
    const { stdout } = await opened.stage.run(['show'], { env: { COLUMNS: String(width) } });
    const lines = stdout.split('\n');
    expect({ width, lines: lines.filter((line) => line.length > width) }).toEqual({ width, lines: [] });
    expect(stdout).toContain('123,456,789.12345678');
    expect(lines.some((line) => /^Not shown at this width: /.test(line))).toBe(width < 120);
  }
});

fault('E15', async () => {
  const log = join(opened.stage.folder, 'sync.log');
  const env = { EXCHANGE_SYNC_LOG_FILE: log };
  expect(await opened.stage.run(['sync'], { env })).toMatchObject({ code: 0, stdout: '', stderr: '' });
  const lines = readFileSync(log, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toMatchObject([
    { level: 'info', account: 'bybit', outcome: 'synced', assets: 3, newTrades: 0 },
    { level: 'info', account: 'bybit/sub1', outcome: 'synced', assets: 3, newTrades: 0 },
    { level: 'info', exitCode: 0, synced: 2, partial: 0, failed: 0 },
  ]);
  expect(lines.at(-1)?.['message']).toMatch(
    /^run finished with exit code 0 in [\d.]+ m?s: 2 synced, 0 partial, 0 failed$/,
  );
});

/** A third account whose key is refused, so that it has failed runs only, and a fourth that was never tried. */
const withUnsynced = () => ({
  BYBIT_OLD_API_KEY: 'refusedKey0123456789',
  BYBIT_OLD_API_SECRET: 'refusedSecret0123456789abcdefghijklmn',
  BYBIT_OLD_BASE_URL: opened.stage.simulator.url,
  BYBIT_NEW_API_KEY: 'newKey0123456789',
  BYBIT_NEW_API_SECRET: 'newSecret0123456789abcdefghijklmn',
});

fault('E8', async () => {
  const env = { COLUMNS: '200', ...withUnsynced() };
  expect(await opened.stage.run(['sync', '-e', 'bybit/old'], { env })).toMatchObject({ code: 77 });
  const shown = async (...args: readonly string[]) => {
    const { code, stdout } = await opened.stage.run(['show', ...args], { env });
    expect(code).toBe(0);
    return stdout;
  };
  const table = await shown();
  expect(table).toMatch(/^bybit\/new {2}never synced, in USD\n\nNever synced, so nothing is known\. Run: /m);
  expect(table).toMatch(/^bybit\/old {2}never synced, in USD\n✗ The newest run failed .*key/m);
  expect(table).toMatch(/^2 of 4 accounts: .*; never synced, not included: bybit\/new, bybit\/old$/m);
  const byAsset = await shown('--group', 'asset');
  expect(byAsset).toContain('· Never synced, not included: bybit/new, bybit/old.\n');
  expect(byAsset).toMatch(/^✗ The newest run of bybit\/old failed /m);
  expect(await shown('--format', 'markdown')).toMatch(/^## bybit\/old\n\nnever synced/m);
  expect(await shown('--format', 'csv')).toMatch(/^bybit\/new,,,,,,,,,USD,never synced\r$/m);
  expect(await shown('--format', 'html')).toContain('bybit/new: never synced.');
  const json = JSON.parse(await shown('--format', 'json')) as object;
  expect(json).toMatchObject({ neverSynced: ['bybit/new', 'bybit/old'] });
  expect(await shown('--bridge', '1d')).toContain('bybit/new is not included: it has never been synced.');
  expect(await shown('--period', '7d')).toContain('Never synced, not included: bybit/new, bybit/old.');
  expect(await shown('--history', '7d')).toContain('of bybit/new, bybit/old: not included.');
  // Without its key the account with failed runs is still named, until it is removed.
  const keyless = async (...args: readonly string[]) =>
    await opened.stage.run(args, { env: { COLUMNS: '200' }, without: Object.keys(withUnsynced()) });
  expect((await keyless('show')).stdout).toMatch(
    /^bybit\/old {2}never synced, in USD\n✗ The newest run failed .*\n\nNo API key is configured, and every run failed\./m,
  );
  const { stdout } = await keyless('check', '--offline', '--format', 'json');
  expect(stdout).toMatch(/"coverage:bybit\/old"[^}]*every run failed/);
  expect(await keyless('account', 'remove', 'bybit/old', '--yes')).toMatchObject({ code: 0 });
  expect((await keyless('show')).stdout).not.toContain('bybit/old');
});

fault('E9', async () => {
  const refused = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await opened.stage.run(['show', ...args], { env: withUnsynced() });
    expect({ code, stdout }).toEqual({ code: 66, stdout: '' });
    return stderr;
  };
  await opened.sql`delete from exchange_sync.pools where account = 'bybit/sub1' and asset = 'BTC'`;
  expect(await refused('--trades', 'btc', '-e', 'bybit/sub1')).toMatch(
    /no records of btc in bybit\/sub1[^]*Assets with records in bybit\/sub1: MNT, USDT\. Accounts that have btc: bybit\./,
  );
  await opened.sql`delete from exchange_sync.pools where account = 'bybit/sub1'`;
  expect(await refused('--trades', 'BTC', '-e', 'bybit/sub1')).toContain('no records of BTC in bybit/sub1');
  expect(await refused('--history', '7d', '--asset', 'DOGE')).toMatch(
    /no DOGE in [^]*them: BTC, MNT, USDT\./,
  );
  for (const view of [[], ['--history', '7d'], ['--bridge', '1d'], ['--period', '7d'], ['--trades', 'BTC']]) {
    expect(await refused(...view, '-e', 'bybit/new')).toMatch(
      /bybit\/new is not in the database[^]*Accounts in the database: bybit, bybit\/sub1\. To add it: exchange-sync sync -e bybit\/new/,
    );
  }
});
