import { beforeEach, expect, test } from '@jest/globals';
import type postgres from 'postgres';
import type { SimulatedAccount } from '../simulator/account.js';
import { atBinance } from '../support/at-binance.js';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';

const HOUR_MS = 3_600_000;

let stage: Stage;
let sql: postgres.Sql;
let account: SimulatedAccount;

onServer('each', (opened) => {
  ({ stage, sql } = opened);
  account = stage.account;
});
beforeEach(() => {
  fill(account, stage.simulator.world.now());
});

const parts = async () =>
  (await sql<{ part: string; status: string }[]>`select part, status from exchange_sync.coverage`).map(
    ({ part, status }) => `${part} ${status}`,
  );
const quantityOf = async (asset: string): Promise<unknown> =>
  (await stage.show()).holdings.find((holding) => holding['asset'] === asset)?.['quantity'];
const expireMarkets = () =>
  sql`update exchange_sync.exchange_cache set expires_at = now() where kind = 'markets'`;

test.each([
  ['bybit', 'markets', '/v5/market/instruments-info', { kind: 'status', status: 404 }],
  ['bybit', 'prices', '/v5/market/tickers', { kind: 'retCode', code: 10005, message: 'Permission denied' }],
  ['bybit', 'past-prices', '/v5/market/kline', { kind: 'status', status: 451 }],
  ['binance', 'markets', '/api/v3/exchangeInfo', { kind: 'status', status: 451 }],
  ['binance', 'prices', '/api/v3/ticker/price', { kind: 'status', status: 403 }],
  ['binance', 'past-prices', '/api/v3/klines', { kind: 'status', status: 404 }],
] as const)('%s: %s that cannot be read cost nothing but prices', async (exchange, part, path, refusal) => {
  const changes = exchange === 'binance' ? atBinance(stage) : {};
  account.deposit('ETH', '2', { time: stage.simulator.world.now() - HOUR_MS });
  stage.simulator.faults.add({ ...refusal, path, times: 999 });
  const first = await stage.run(['sync', ...SINCE], changes);
  expect([first.code, first.stderr]).toEqual([
    3,
    expect.stringMatching(/Not read: (list of markets|prices|past prices), (failed|refused)/),
  ]);
  expect(await parts()).toEqual([expect.stringMatching(new RegExp(`^${part} (failed|refused)$`))]);
  expect([await quantityOf('BTC'), await quantityOf('ETH')]).toEqual(['0.0599', '2']);
  const [stored] = await sql`
    select (select count(*) from exchange_sync.transfers)::int as transfers,
           (select count(*) from exchange_sync.trades)::int as trades`;
  // Binance lists trades per market, so that without a list none is read.
  expect(stored).toEqual({ transfers: 2, trades: exchange === 'binance' && part === 'markets' ? 0 : 3 });
  const shown = (await stage.run(['show'])).stdout.replaceAll(/\s+/g, ' ');
  expect(shown.includes('No price for BTC')).toBe(part !== 'past-prices');
  stage.simulator.faults.clear();
  await sql`delete from exchange_sync.exchange_cache where kind = 'unpriceable-events'`;
  expect((await stage.run(['sync'], changes)).code).toBe(0);
  expect(await parts()).toEqual([]);
  expect((await stage.run(['show'])).stdout).not.toContain('No price for BTC');
});

test('a list of markets that cannot be read is replaced by the last known one', async () => {
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
  await expireMarkets();
  account.trade({ symbol: 'SOLUSDT', side: 'Buy', amount: '1', price: '100' });
  const path = '/v5/market/instruments-info';
  stage.simulator.faults.add({ kind: 'status', status: 404, path, times: 999 });
  expect((await stage.run(['sync'])).code).toBe(3);
  expect(await parts()).toEqual(['markets failed']);
  expect((await stage.show()).holdings).toContainEqual(
    expect.objectContaining({ asset: 'SOL', quantity: '0.999', priceRoute: ['SOL/USDT'] }),
  );
});

test('a host that refuses everything costs the account, whatever was asked first', async () => {
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
  await expireMarkets();
  stage.simulator.faults.add({ kind: 'status', status: 403, times: 999 });
  const { code, stderr } = await stage.run(['sync']);
  expect([code, stderr]).toEqual([77, expect.stringContaining('HTTP 403')]);
  expect(await parts()).toEqual([]);
});
