import { expect } from '@jest/globals';
import type postgres from 'postgres';
import { atBinance } from '../support/at-binance.js';
import { onServer } from '../support/on-server.js';
import { SINCE, type Stage, yesterday, QUIET } from '../support/stage.js';
import { fault } from './fault.js';

const HOUR_MS = 3_600_000;

let stage: Stage;
let sql: postgres.Sql;

onServer('each', (opened) => {
  ({ stage, sql } = opened);
});

const itemOf = async (asset: string) => (await sql`select * from portfolio_items where asset = ${asset}`)[0];

fault('F1', async () => {
  const { account, simulator } = stage;
  const { world } = simulator;
  const time = Date.parse(yesterday()) + 2 * HOUR_MS;
  world.addMarket('NEW', 'BTC', '0.00002');
  world.addMarket('NEW', 'USDT', '1.2', time + HOUR_MS);
  account.deposit('ORDX', '1000', { time });
  account.deposit('NEW', '50', { time });
  account.deposit('USDT', '7000', { time });
  account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.1', price: '60000', feeAsset: 'NEW', time });
  for (const more of [{}, atBinance(stage)]) {
    expect(await stage.run(['sync', ...SINCE], more)).toMatchObject({ code: 0, stderr: QUIET });
  }
  const sources = await sql`
    select account, asset, source from exchange_sync.event_prices order by account, asset`;
  expect(sources.map(({ asset, source }) => `${String(asset)}: ${String(source)}`)).toEqual([
    'NEW: binance NEWBTC, BTCUSDT 1m',
    'ORDX: binance ORDXBTC, BTCUSDT 1m',
    'NEW: bybit NEWBTC, BTCUSDT 1m',
    'ORDX: bybit ORDXBTC, BTCUSDT 1m',
  ]);
  expect(await sql`select from exchange_sync.unvalued_events`).toHaveLength(0);
  const unknown = await sql`select from exchange_sync.pools where unknown_quantity <> 0`;
  expect(unknown).toHaveLength(0);
});

fault('F2', async () => {
  const { account, simulator } = stage;
  const { world } = simulator;
  // No candle of a day holds the airdrop and the opening.
  const midnight = world.now() - (world.now() % (24 * HOUR_MS));
  world.addMarket('DROP', 'USDT', '0.5', Math.max(midnight, world.now() - HOUR_MS));
  account.receive('DROP', '1000', { time: Date.parse(yesterday()) + HOUR_MS, note: 'airdrop' });
  const binance = atBinance(stage);

  const synced = await stage.run(['sync', '--verbose', ...SINCE], binance);
  expect(synced).toMatchObject({ code: 0 });
  expect(synced.stdout).toMatch(/! Cost known for 0 of 1000 DROP\..*1 DROP record has no market price/s);
  expect(await itemOf('DROP')).toMatchObject({ quantity: '1000', avg_entry_price: null });
  const { stdout } = await stage.run(['show', '--format', 'json'], binance);
  expect((JSON.parse(stdout) as { accounts: object[] }).accounts).toMatchObject([
    {
      holdings: [{ asset: 'DROP', averageEntry: null, cost: null, costKnownQuantity: '0', pnl: null }],
      totals: { pnl: null, pnlLeavesOut: ['DROP'] },
      realized: '0',
    },
  ]);

  account.trade({ symbol: 'DROPUSDT', side: 'Sell', amount: '400', price: '0.5' });
  expect(await stage.run(['sync'], binance)).toMatchObject({ code: 0, stderr: '' });
  const realized = () =>
    sql`select realized_trade, unmatched_proceeds from exchange_sync.pools where asset = 'DROP'`;
  expect(await realized()).toMatchObject([{ realized_trade: '0', unmatched_proceeds: '199.8' }]);
});

fault('F3', async () => {
  const { account, simulator } = stage;
  const { world } = simulator;
  const binance = atBinance(stage);
  account.deposit('USDT', '1000', { time: world.now() - HOUR_MS });
  for (const more of [{}, binance]) expect((await stage.run(['sync', ...SINCE], more)).code).toBe(0);
  world.addMarket('NEW', 'USDT', '2', world.now());
  account.trade({ symbol: 'NEWUSDT', side: 'Buy', amount: '10', price: '2', feeAsset: 'USDT' });
  simulator.requests.length = 0;
  for (const [exchange, list, more] of [
    ['bybit', '/v5/market/instruments-info', {}],
    ['binance', '/api/v3/exchangeInfo', binance],
  ] as const) {
    expect(await stage.run(['sync'], more)).toMatchObject({ code: 0, stderr: '' });
    expect(simulator.requests.filter(({ path }) => path === list)).toHaveLength(1);
    const items = await sql`
      select quantity, current_price, avg_entry_price from portfolio_items
       where exchange_id = ${exchange} and asset = 'NEW'`;
    expect(items).toMatchObject([
      {
        quantity: '10',
        current_price: expect.stringMatching(/^(1.9|2)/) as unknown,
        avg_entry_price: '2.002',
      },
    ]);
  }
});
