import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Decimal } from './decimal.js';
import { askBinance, type Values } from '../support/ask-binance.js';
import type { SimulatedAccount } from './account.js';
import { type Simulator, startSimulator } from './simulator.js';

interface Balance {
  readonly asset: string;
  readonly free: string;
  readonly locked: string;
}

let simulator: Simulator;
let account: SimulatedAccount;

beforeEach(async () => {
  simulator = await startSimulator();
  account = simulator.world.addAccount('balancesKey', 'balancesSecret');
});
afterEach(async () => {
  await simulator.stop();
});

const read = async <Body>(path: string, values: Values = {}): Promise<Body> =>
  (await askBinance(simulator, path, values, account)).body as Body;
const balances = async (values: Values = { omitZeroBalances: 'true' }) =>
  (await read<{ balances: Balance[] }>('/api/v3/account', values)).balances;

describe('the spot account', () => {
  test('lists every asset of the exchange unless zeros are left out', async () => {
    account.deposit('BTC', '1.5');
    const all = await balances({});
    expect(all.slice(0, 2)).toEqual([
      { asset: 'BTC', free: '1.50000000', locked: '0.00000000' },
      { asset: 'USDT', free: '0.00000000', locked: '0.00000000' },
    ]);
    expect(all.length).toBeGreaterThan(8);
    expect(await balances()).toHaveLength(1);
  });

  test('shows what orders hold as locked; the funding wallet as freeze', async () => {
    account.deposit('BTC', '1.5');
    account.deposit('BTC', '2', { wallet: 'FUND' });
    account.hold('BTC', '0.4');
    account.hold('BTC', '0.5', 'FUND');
    expect(await balances()).toEqual([{ asset: 'BTC', free: '1.10000000', locked: '0.40000000' }]);
    expect(await read('/sapi/v1/asset/get-funding-asset')).toMatchObject([
      { asset: 'BTC', free: '1.5', freeze: '0.5' },
    ]);
  });

  test('mirrors a flexible position as an LD coin, and LDO is a coin like any other', async () => {
    simulator.world.addMarket('LDO', 'USDT', '1.9');
    account.deposit('BTC', '1.5');
    account.deposit('LDO', '30');
    account.subscribe('BTC', '1');
    account.accrue('BTC', '0.001');
    account.lock('BTC', '0.2');
    const shown = (await balances()).map(({ asset, free }) => [asset, free]);
    expect(shown.sort()).toEqual([
      ['BTC', '0.30000000'],
      ['LDBTC', '1.00100000'],
      ['LDO', '30.00000000'],
    ]);
    expect(await read('/sapi/v1/simple-earn/flexible/position', { asset: 'BTC' })).toMatchObject({
      rows: [{ asset: 'BTC', totalAmount: '1.00100000' }],
      total: 1,
    });
    expect(await read('/sapi/v1/simple-earn/locked/position')).toMatchObject({
      rows: [{ asset: 'BTC', amount: '0.2' }],
      total: 1,
    });
  });

  test('positions come in pages of ten', async () => {
    for (let index = 0; index < 12; index += 1) account.lock('BTC', '0.1');
    const page = (current: number) =>
      read<{ rows: object[]; total: number }>('/sapi/v1/simple-earn/locked/position', { current });
    expect([(await page(1)).rows.length, (await page(2)).rows.length, (await page(3)).total]).toEqual([
      10, 2, 12,
    ]);
  });

  test('is what its history sums up to: trades, conversions, dust and dividends', async () => {
    account.deposit('USDT', '10000');
    account.deposit('XRP', '1.02');
    account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.1', price: '60000', feeAsset: 'USDT' });
    account.convert({ from: 'USDT', amount: '20', to: 'BNB', toAmount: '0.0332' });
    account.convert({ from: 'USDT', amount: '999', to: 'BNB', status: 'FAIL' });
    account.sweepDust(['XRP']);
    account.receive('BNB', '0.001');
    const [sweep] = (
      await read<{ userAssetDribblets: { userAssetDribbletDetails: Record<string, string>[] }[] }>(
        '/sapi/v1/asset/dribblet',
      )
    ).userAssetDribblets;
    const [row] = sweep?.userAssetDribbletDetails ?? [];
    const gross = new Decimal(row?.['transferedAmount'] ?? 0);
    const charge = gross.times('0.02').toDecimalPlaces(8, Decimal.ROUND_DOWN);
    expect(row).toMatchObject({ fromAsset: 'XRP', amount: '1.02', serviceChargeAmount: charge.toFixed() });
    const bnb = gross.minus(charge).plus('0.0342');
    expect((await balances()).map(({ asset, free }) => [asset, free]).sort()).toEqual([
      ['BNB', bnb.toFixed(8)],
      ['BTC', '0.10000000'],
      ['USDT', '3974.00000000'],
    ]);
  });
});
