import { expect, test } from '@jest/globals';
import { onServer, type ServerStage } from '../support/on-server.js';
import { fill, SINCE } from '../support/stage.js';

interface Shown {
  readonly firstDay: string | null;
  readonly lastDay: string;
  readonly accounts: readonly { readonly firstDay: string; readonly assets: readonly object[] }[];
  readonly totals: Readonly<Record<string, unknown>>;
}

let opened: ServerStage;

/** A deposit, two purchases and a sale of the last hours, some of which may be yesterday's. */
onServer('all', async (stage) => {
  opened = stage;
  fill(opened.stage.account, opened.stage.simulator.world.now());
  expect((await opened.stage.run(['sync', ...SINCE])).code).toBe(0);
});

const run = (...args: readonly string[]) => opened.stage.run(['show', ...args]);
const json = async (period: string): Promise<Shown> =>
  JSON.parse((await run('--period', period, '--format', 'json')).stdout) as Shown;

test('the sums of a period are exact, and those that SQL gives', async () => {
  const { accounts, totals } = await json('7d');
  // Fees: 0.07 of dollars, 0.0001 bitcoin of 6,000 for 0.1, 2.6 of dollars.
  expect(totals).toMatchObject({
    feesPaid: '8.67',
    income: '0',
    deposits: '10000',
    netFlows: '10000',
    leavesOut: [],
  });
  expect(accounts[0]?.assets).toMatchObject([{ asset: 'BTC' }, { asset: 'USDT', deposits: '10000' }]);
  const [row] = await opened.sql`
    select sum(realized_trade + realized_fee + realized_income + realized_transfer_fee) as realized
      from exchange_sync.daily_results`;
  expect(totals['realized']).toBe(row?.['realized']);
  expect(totals['realized']).toMatch(/^194\.9/);
});

test('the window is whole UTC days, and of all time begins with the first event', async () => {
  const today = new Date().toISOString().slice(0, 10);
  const { firstDay, lastDay } = await json('today');
  expect([firstDay, lastDay]).toEqual([today, today]);
  const all = await json('all');
  const [first] = await opened.sql`select min(day)::text as day from exchange_sync.daily_results`;
  expect([all.firstDay, all.accounts[0]?.firstDay, all.lastDay]).toEqual([null, first?.['day'], today]);
  expect((await json('ytd')).firstDay).toBe(`${today.slice(0, 4)}-01-01`);
});

test('the table fits 40 columns and names its days; csv has a row an asset', async () => {
  const { stdout } = await opened.stage.run(['show', '--period', '7d'], { env: { COLUMNS: '40' } });
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
  expect(stdout).toMatch(/^\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d, 7 UTC days$/m);
  expect(stdout).toMatch(/^Fees paid +8\.67$/m);
  expect((await run('--period', '7d', '--privacy')).stdout).toMatch(/^Fees paid +•••••$/m);
  const csv = await run('--period', '7d', '--format', 'csv');
  expect(csv.stdout.trimEnd().split('\r\n')).toHaveLength(3);
});

test.each([
  [['--period', '0d'], '7d'],
  [['--period', 'month'], '7d'],
  [['--period', 'constructor'], '7d'],
  [['--period', '7d', '--bridge', '24h'], 'cannot be used with'],
])('show %j is a usage error, 64', async (args, hint) => {
  const result = await run(...args);
  expect(result).toMatchObject({ code: 64, stdout: '' });
  expect(result.stderr).toContain(hint);
});
