import { expect, test } from '@jest/globals';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';

const HOUR_MS = 3_600_000;

interface Traced {
  readonly accounts: readonly {
    readonly awaitsSync: boolean;
    readonly realized: string;
    readonly lines: readonly {
      readonly what: string;
      readonly quantity: string;
      readonly after: Readonly<Record<string, unknown>> | null;
    }[];
  }[];
}

let stage: Stage;

/** A purchase and a sale of bitcoin, some of it sent away, and a deposit in between. */
onServer('all', async (opened) => {
  ({ stage } = opened);
  const { account, simulator } = stage;
  fill(account, simulator.world.now());
  account.deposit('BTC', '0.25', { time: simulator.world.now() - 5 * HOUR_MS });
  account.withdraw('BTC', '0.01', { time: simulator.world.now() - 4 * HOUR_MS, fee: '0.0001' });
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0 });
});

test.each(['average', 'fifo', 'lifo', 'hifo'])(
  'the last line is what show prints, to the last digit, by %s',
  async (method) => {
    const env = { COST_METHOD: method };
    expect(await stage.run(['sync'], { env })).toMatchObject({ code: 0 });
    const { stdout } = await stage.run(['show', '--trades', 'BTC', '--format', 'json'], { env });
    const [account] = (JSON.parse(stdout) as Traced).accounts;
    expect(account?.lines.map(({ what }) => what)).toEqual([
      ...['fee', 'bought', 'sold', 'deposit', 'fee', 'withdrawal'],
    ]);
    const { holdings } = await stage.show();
    const bitcoin = holdings.find(({ asset }) => asset === 'BTC');
    const { quantity, cost, averageEntry, costKnownQuantity, costEstimatedQuantity } = bitcoin ?? {};
    expect(account?.lines.at(-1)?.after).toEqual({
      ...{ quantity, cost, averageEntry, costKnownQuantity, costEstimatedQuantity },
    });
    expect(account?.awaitsSync).toBe(false);
  },
);

test('another method than that of the last sync is said', async () => {
  const result = await stage.run(['show', '--trades', 'btc'], { env: { COST_METHOD: 'average' } });
  expect(result).toMatchObject({ code: 0, stderr: '' });
  expect(result.stdout).toContain('The next sync recalculates this');
});

test('the table has the last lines alone where they are many, and csv has all', async () => {
  const { stdout } = await stage.run(['show', '--trades', 'BTC', '--limit', '3']);
  expect(stdout).toMatch(/before +0\.0599 /);
  expect(stdout).toContain('The last 3 of 6 lines');
  const csv = await stage.run(['show', '--trades', 'BTC', '--format', 'csv']);
  expect(csv.stdout.trimEnd().split('\r\n')).toHaveLength(7);
});

test.each([
  [['--trades', 'DOGE'], 66, 'Assets with records: BTC, MNT, USDT.'],
  [['--trades', 'BTC', '-e', 'bybit/sub1'], 66, 'exchange-sync sync -e bybit/sub1'],
  [['--trades', 'BTC', '--history', '7d'], 64, 'cannot be used with'],
  [['--trades', 'BTC', '--limit', '0'], 64, 'whole number'],
  [['--limit', '9'], 64, "'--limit' only works with --trades"],
  [['--trades', 'BTC', '--sort', 'asset'], 64, "'--sort' has no effect with --trades"],
])('show %j ends with %i and says why', async (args, code, hint) => {
  const result = await stage.run(['show', ...args]);
  expect(result).toMatchObject({ code, stdout: '' });
  expect(result.stderr).toContain(hint);
});
