import { expect, test } from '@jest/globals';
import { ageStored } from '../support/aged.js';
import { onServer } from '../support/on-server.js';
import { fill, type Stage } from '../support/stage.js';

const DAY_MS = 86_400_000;
const DAYS_APART = 5;

interface Shown {
  readonly accounts: readonly {
    readonly account: string;
    readonly points: readonly { readonly time: string; readonly value: string; readonly complete: boolean }[];
  }[];
}

let stage: Stage;

/** Two syncs five days apart; bitcoin rose between them. */
onServer('all', async (opened) => {
  ({ stage } = opened);
  const { simulator, account } = stage;
  const { world } = simulator;
  world.advance(-DAYS_APART * DAY_MS);
  fill(account, world.now());
  const first = ['sync', '--since', new Date(world.now() - DAY_MS).toISOString().slice(0, 10)];
  expect(await stage.run(first, { clockShift: -DAYS_APART * DAY_MS })).toMatchObject({ code: 0 });
  await ageStored(opened.sql, DAYS_APART * DAY_MS);
  world.advance(DAYS_APART * DAY_MS);
  world.setPrice('BTCUSDT', '90000');
  world.setPrice('MNTUSDT', '0.5');
  expect(await stage.run(['sync'])).toMatchObject({ code: 0 });
});

test('show --history draws what the syncs found, and when', async () => {
  const { code, stdout, stderr } = await stage.run(['show', '--history', '7d']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('7 days, in USD');
  // 6527.33 USDT + 0.0599 BTC x 90000 + 100 MNT x 0.5
  expect(stdout).toContain('→ 11,968.33 USD');
  expect(stdout.match(/^.*[┤│].*●.*$/gm)).toHaveLength(2);
});

test('at 40 columns it still fits', async () => {
  const { stdout } = await stage.run(['show', '--history', '7d'], { env: { COLUMNS: '40' } });
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
  expect(stdout).toContain('●');
});

test('json and csv hold the same values exactly', async () => {
  const json = await stage.run(['show', '--history', '7d', '--format', 'json']);
  const [account] = (JSON.parse(json.stdout) as Shown).accounts;
  expect(account).toMatchObject({ account: 'bybit', points: [{ complete: true }, { value: '11968.33' }] });
  const csv = await stage.run(['show', '--history', '7d', '--format', 'csv']);
  const rows = account?.points.map(({ time, value }) => `bybit,${time},${value},true,,USD,`);
  expect(csv.stdout.trimEnd().split('\r\n').slice(1)).toEqual(rows);
});

test('--asset is the value of that coin alone, however it is written', async () => {
  const { stdout } = await stage.run(['show', '--history', '7d', '--asset', 'btc']);
  expect(stdout).toContain('BTC of bybit  7 days, in USD');
  // 0.0599 BTC x 90000
  expect(stdout).toContain('→ 5,391.00 USD');
});

test('a shorter time holds the later sync alone', async () => {
  const { stdout } = await stage.run(['show', '--history', '1d', '--format', 'json']);
  expect((JSON.parse(stdout) as Shown).accounts[0]?.points).toHaveLength(1);
});

test.each([
  [['--history', '30d'], 40 * DAY_MS, '--history 42d'],
  [['--history', '30d', '-e', 'bybit/sub1'], 0, 'exchange-sync sync -e bybit/sub1'],
])('without a snapshot %j says what to do, 66', async (args, clockShift, fix) => {
  const result = await stage.run(['show', ...args], { clockShift });
  expect(result).toMatchObject({ code: 66, stdout: '' });
  expect(result.stderr).toContain(fix);
});

test('an asset that no snapshot holds is answered with those that are held, 66', async () => {
  const result = await stage.run(['show', '--history', '7d', '--asset', 'DOGE']);
  expect(result).toMatchObject({ code: 66, stdout: '' });
  expect(result.stderr).toContain('no DOGE in the snapshots in that period');
  expect(result.stderr).toContain('Assets in them: BTC, MNT, USDT.');
});

test('before the first sync there is no history, 66', async () => {
  const env = { EXCHANGE_SYNC_DATA_DIR: `${stage.folder}/other` };
  const result = await stage.run(['show', '--history', '30d'], { env, without: ['DATABASE_URL'] });
  expect(result).toMatchObject({
    code: 66,
    stderr: expect.stringContaining('exchange-sync sync') as unknown,
  });
});

test.each([
  [['--history', '30'], '30d'],
  [['--history', 'soon'], '30d'],
  [['--history', '30d', '--sort', 'asset'], "'--sort' has no effect with --history"],
  [['--history', '30d', '--min-value', '1'], "'--min-value' has no effect with --history"],
  [['--asset', 'BTC'], "'--asset' only works with --history"],
  [['--format', 'json', '--privacy'], "'--privacy' has no effect with --format json"],
  [['--format', 'csv', '--sort', 'asset'], "'--sort' has no effect with --format csv"],
])('show %j is a usage error, 64', async (args, hint) => {
  const result = await stage.run(['show', ...args]);
  expect(result).toMatchObject({ code: 64, stdout: '' });
  expect(result.stderr).toContain(hint);
});
