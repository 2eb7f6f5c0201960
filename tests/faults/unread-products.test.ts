import { expect, test } from '@jest/globals';
import type { Answer } from '../simulator/faults.js';
import { atBinance } from '../support/at-binance.js';
import { SINCE } from '../support/stage.js';
import { onSynced, type SyncedStage } from '../support/synced.js';
import { fault } from './fault.js';

let opened: SyncedStage;

onSynced((synced) => {
  opened = synced;
});

/** The overview is asked a few times a day; this lets the next run ask again. */
const forgetOverview = async () => {
  await opened.sql`delete from exchange_sync.exchange_cache where kind = 'overview'`;
};

/** Coins leave every wallet for a product that is not read; the overview has the given value of them. */
function moveIntoEarn(value: string): void {
  const { account } = opened.stage;
  account.wallets.UNIFIED.clear();
  account.wallets.FUND.clear();
  account.unread.set('Earn', value);
}

fault('E1', async () => {
  const { stage, sql } = opened;
  stage.account.perpetuals.set('USDT', '1234.56');
  stage.account.unread.set('Earn', '500').set('TradingBot', '0').set('CryptoLoans', '-20.5');
  await forgetOverview();
  const synced = await stage.run(['sync', '-v']);
  expect(synced).toMatchObject({ code: 0, stderr: '' });
  const note =
    /Not included: CryptoLoans [-−]20\.50 USD, Earn 500\.00 USD, derivatives \(unrealized P&L\) 1,234\.56 USDT; the exchange's own total is [\d,.]+ USD/;
  expect((await stage.run(['show'])).stdout.replace(/\s+/g, ' ')).toMatch(note);
  expect(synced.stdout).toContain('Earn 500.00 USD');
  expect(await stage.show()).toMatchObject({
    exchangeTotal: { currency: 'USD' },
    unreadProducts: [
      { product: 'CryptoLoans', value: '-20.5', currency: 'USD' },
      { product: 'Earn', value: '500', currency: 'USD' },
      { product: 'derivatives (unrealized P&L)', value: '1234.56', currency: 'USDT' },
    ],
  });
  const checked = await stage.run(['check', '--offline', '--only', 'products']);
  expect(checked).toMatchObject({ code: 0 });
  expect(checked.stdout).toContain('Earn 500 USD');
  const hidden = (await stage.run(['show', '--privacy'])).stdout;
  expect(hidden).toContain('Not included: CryptoLoans, Earn, derivatives (unrealized P&L).');
  expect(await sql`select product from exchange_sync.unread_products`).toHaveLength(3);
});

test('an overview that is refused costs nothing but a note', async () => {
  const { stage } = opened;
  stage.account.refusesOverview = true;
  await forgetOverview();
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stdout: '', stderr: '' });
  expect((await stage.run(['show'])).stdout).toContain('Not included: other products (value unknown).');
  expect(await stage.show()).toMatchObject({ exchangeTotal: null });
});

test('a run in which nothing happened asks for no overview', async () => {
  const { stage } = opened;
  expect(await stage.run(['sync'])).toMatchObject({ code: 0 });
  expect(stage.simulator.requests.filter(({ path }) => path.includes('overview'))).toEqual([]);
});

fault('E7', async () => {
  const { stage } = opened;
  moveIntoEarn('15000');
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
  expect((await stage.show()).holdings).toEqual([]);
  expect((await stage.run(['show'])).stdout).toContain('Not included: Earn 15,000.00 USD');
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
});

test.each([
  ['holds too little of it', '1000'],
  ['holds nothing', '0'],
])('an account that is suddenly empty is not believed if the overview %s', async (_title, value) => {
  moveIntoEarn(value);
  expect(await opened.stage.run(['sync'])).toMatchObject({ code: 65 });
  expect((await opened.stage.show()).holdings).not.toEqual([]);
});

test.each(['bybit', 'binance'])(
  'a total of %s that neither wallets nor named products explain is a warning',
  async (exchange) => {
    const { stage } = opened;
    const changes = exchange === 'binance' ? atBinance(stage) : {};
    const path = exchange === 'binance' ? '/sapi/v1/asset/wallet/balance' : '/v5/asset/asset-overview';
    const found = async () => (await stage.run(['check', '--offline', '--only', 'products'], changes)).code;
    stage.account.unread.set('Trading Bots', '500');
    await forgetOverview();
    expect(await stage.run(['sync', ...SINCE], changes)).toMatchObject({ code: 0 });
    expect(await found()).toBe(0);
    // The same total with a product that is reported at less than it is worth.
    const edit = (body: Answer): object =>
      Array.isArray(body)
        ? body.map((row: Record<string, string>) =>
            row['walletName'] === 'Spot' ? { ...row, balance: '1' } : row,
          )
        : { ...body, result: { ...body.result, totalEquity: '1' } };
    stage.simulator.faults.add({ kind: 'edit', edit, path, times: 9 });
    await forgetOverview();
    expect(await stage.run(['sync'], changes)).toMatchObject({ code: 0 });
    const checked = await stage.run(['check', '--offline', '--only', 'products'], changes);
    expect(checked.code).toBe(1);
    expect(checked.stdout).toMatch(
      /the wallets and products that are known were worth [\d.]+ USD then, [\d.]+ more/,
    );
    // A total that is old is compared with the value of its own time.
    stage.account.deposit('BTC', '1');
    stage.simulator.faults.clear();
    await forgetOverview();
    expect(await stage.run(['sync'], changes)).toMatchObject({ code: 0 });
    stage.account.deposit('BTC', '5');
    expect(await stage.run(['sync'], changes)).toMatchObject({ code: 0 });
    expect(await found()).toBe(0);
  },
);
