import { expect, test } from '@jest/globals';
import { parseDecimal, ZERO } from '../../src/models/decimal.js';
import { BRIDGE_TERMS } from '../../src/models/bridge.js';
import { ageStored } from '../support/aged.js';
import { onServer } from '../support/on-server.js';
import { type Stage } from '../support/stage.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Terms = Readonly<Record<string, string>>;

interface Shown {
  readonly accounts: readonly {
    readonly assets: readonly { readonly asset: string; readonly bridge: Terms | null }[];
    readonly total: { readonly bridge: Terms; readonly leavesOut: readonly string[] };
  }[];
}

let stage: Stage;

/** A day ago the account held dollars, bitcoin, MNT and a coin that nobody trades. */
onServer('each', async (opened) => {
  ({ stage } = opened);
  const { simulator, account } = stage;
  simulator.world.advance(-DAY_MS - HOUR_MS);
  const time = simulator.world.now() - HOUR_MS;
  account.deposit('USDT', '100000', { time });
  account.deposit('GIFT', '1000', { time });
  account.deposit('SOL', '10', { time });
  account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '1', price: '60000', time });
  account.trade({ symbol: 'MNTUSDT', side: 'Buy', amount: '1000', price: '0.7', time, feeAsset: 'USDT' });
  const since = new Date(time - DAY_MS).toISOString().slice(0, 10);
  expect(await stage.run(['sync', '--since', since], { clockShift: -DAY_MS - HOUR_MS })).toMatchObject({
    code: 0,
  });
  await ageStored(opened.sql, DAY_MS + HOUR_MS);
  simulator.world.advance(DAY_MS + HOUR_MS);
});

/** All that can happen in a day. */
function live(): void {
  const { account, simulator } = stage;
  const time = simulator.world.now() - 2 * HOUR_MS;
  account.trade({ symbol: 'BTCUSDT', side: 'Sell', amount: '0.4', price: '66000', time, feeAsset: 'MNT' });
  account.trade({ symbol: 'ETHUSDT', side: 'Buy', amount: '2', price: '3100', time });
  account.trade({ symbol: 'ETHBTC', side: 'Sell', amount: '0.5', price: '0.05', time });
  account.trade({ symbol: 'MNTUSDT', side: 'Sell', amount: '900', price: '0.8', time });
  account.deposit('USDT', '2500', { time });
  account.deposit('SOL', '3', { time });
  account.withdraw('BTC', '0.1', { time, fee: '0.0001' });
  simulator.world.setPrice('BTCUSDT', '67000');
  simulator.world.setPrice('ETHUSDT', '3300');
}

async function bridge(): Promise<Shown['accounts'][number]> {
  const { stdout, code } = await stage.run(['show', '--bridge', '24h', '--format', 'json']);
  expect(code).toBe(0);
  const [account] = (JSON.parse(stdout) as Shown).accounts;
  if (!account) throw new Error('nothing is shown');
  return account;
}

const sumOf = (terms: Terms): string =>
  BRIDGE_TERMS.reduce((sum, term) => sum.plus(terms[term] ?? 'missing'), ZERO).toString();

test('a day of trades, fees, a deposit, a withdrawal and moved prices is explained to the last digit', async () => {
  live();
  expect((await stage.run(['sync'])).code).toBe(0);
  const { assets, total } = await bridge();
  expect(total.leavesOut).toEqual(['GIFT']);
  expect(total.bridge).toMatchObject({ unexplained: '0', traded: '0', income: '0' });
  for (const { bridge: terms } of [...assets, total]) {
    expect(terms && sumOf(terms)).toBe(terms && terms['change']);
  }
  expect(assets.filter(({ bridge: terms }) => terms && terms['unexplained'] !== '0')).toEqual([]);
  const of = (name: string) => assets.find(({ asset }) => asset === name)?.bridge;
  // 0.4 for 26,400 of what had cost 59,940 / 0.999 each before fees; 0.025 came for ether.
  expect(of('BTC')?.['realized']).toBe('2400');
  expect(of('USDT')).toMatchObject({ priceMoves: '0', realized: '0', netFlows: '2500' });
  expect(of('MNT')?.['fees']).toMatch(/^-26\.\d+$/);

  const held = await stage.show();
  const value = held.holdings.reduce((sum, one) => sum.plus((one['value'] as string | null) ?? '0'), ZERO);
  expect(total.bridge['valueNow']).toBe(value.toString());
  expect(parseDecimal(total.bridge['netFlows'] ?? '').lt(2500)).toBe(true);
});

test('a balance that changes without a record is unexplained, and only that', async () => {
  live();
  const { UNIFIED } = stage.account.wallets;
  const held = UNIFIED.get('USDT');
  if (!held) throw new Error('no dollars');
  UNIFIED.set('USDT', held.plus('123.45'));
  expect((await stage.run(['sync'])).code).toBe(0);
  const { assets, total } = await bridge();
  expect(total.bridge['unexplained']).toBe('123.45');
  expect(sumOf(total.bridge)).toBe(total.bridge['change']);
  expect(assets.filter(({ bridge: terms }) => terms && terms['unexplained'] !== '0')).toMatchObject([
    { asset: 'USDT', bridge: { unexplained: '123.45' } },
  ]);
  const { stdout } = await stage.run(['show', '--bridge', '1d'], { env: { COLUMNS: '40' } });
  expect(stdout).toMatch(/^Unexplained +\+123\.45$/m);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
});

test('with one snapshot, or other settings since, there is no bridge yet, 66', async () => {
  const first = await stage.run(['show', '--bridge', '7d']);
  expect(first).toMatchObject({ code: 66, stdout: '' });
  expect(first.stderr).toContain('one snapshot so far');
  await stage.run(['sync'], { env: { COST_METHOD: 'fifo' } });
  const other = await stage.run(['show', '--bridge', '7d']);
  expect(other).toMatchObject({ code: 66, stdout: '' });
  expect(other.stderr).toContain('another version or other settings');
});

test.each([
  [['--bridge', 'soon'], '30d'],
  [['--bridge', '24h', '--history', '7d'], 'cannot be used with'],
  [['--bridge', '24h', '--sort', 'asset'], "'--sort' has no effect with --bridge"],
])('show %j is a usage error, 64', async (args, hint) => {
  const result = await stage.run(['show', ...args]);
  expect(result).toMatchObject({ code: 64, stdout: '' });
  expect(result.stderr).toContain(hint);
});
