import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type ClientStage, openBinance } from '../support/client.js';

const PATH = '/sapi/v1/asset/wallet/balance';

let stage: ClientStage;

beforeEach(async () => {
  stage = await openBinance();
});
afterEach(() => stage.end());

const answer = (body: unknown) => {
  stage.simulator.faults.add({ kind: 'body', body: JSON.stringify(body), path: PATH, times: 9 });
};
const row = (walletName: string, balance: string) => ({ activate: true, balance, walletName });

test('the total of all wallets is read, and what is in those that no balance is read of', async () => {
  answer([
    row('Spot', '1000.5'),
    row('Funding', '200'),
    row('Earn', '300.25'),
    row('Cross Margin', '0'),
    row('USDⓈ-M Futures', '-12.5'),
    row('Trading Bots', '0.00000001'),
  ]);
  const overview = await stage.client.readOverview();
  expect(JSON.parse(JSON.stringify(overview))).toEqual({
    total: { value: '1488.25000001', currency: 'USDT' },
    inWallets: '1500.75',
    products: [
      { product: 'USDⓈ-M Futures', value: '-12.5', currency: 'USDT' },
      { product: 'Trading Bots', value: '0.00000001', currency: 'USDT' },
    ],
  });
});

test('the simulated account is worth what its wallets and products hold', async () => {
  const { account, simulator } = stage;
  simulator.world.setPrice('BTCUSDT', '60000');
  account.deposit('USDT', '1000');
  account.deposit('BTC', '0.5', { wallet: 'FUND' });
  account.unread.set('Trading Bots', '250');
  expect(JSON.parse(JSON.stringify(await stage.client.readOverview()))).toMatchObject({
    total: { value: '31250', currency: 'USDT' },
    inWallets: '31000',
  });
  const asked = simulator.requests.find(({ path }) => path === PATH);
  expect(asked).toBeDefined();
});

test.each([
  ['without a balance', [{ walletName: 'Spot' }]],
  ['without a name', [{ balance: '1' }]],
  ['that is no number', [row('Spot', 'NaN')]],
  ['that is no list', { balance: '1' }],
])('a wallet %s is no overview', async (_title, body) => {
  answer(body);
  await expect(stage.client.readOverview()).rejects.toMatchObject({ kind: 'guard' });
});

test('a key that may not read it, and a host without it, cost the overview alone', async () => {
  const refused = JSON.stringify({ code: -2015, msg: 'Invalid API-key, IP, or permissions for action.' });
  stage.simulator.faults.add({ kind: 'status', status: 401, body: refused, path: PATH });
  await expect(stage.client.readOverview()).rejects.toMatchObject({ status: 'refused' });
  stage.simulator.faults.add({ kind: 'status', status: 404, path: PATH });
  await expect(stage.client.readOverview()).rejects.toMatchObject({ status: 'unavailable' });
});

test('a testnet has none', async () => {
  await stage.end();
  stage = await openBinance({
    account: { environment: 'testnet' },
    simulator: { binance: { testnet: true } },
  });
  expect(await stage.client.readOverview()).toBeUndefined();
  expect(stage.asked(PATH)).toBe(0);
});
