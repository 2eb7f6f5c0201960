import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { bybit } from 'ccxt';
import { loadExchange } from '../../src/client/load-ccxt.js';
import { KEY, SECRET } from '../support/stage.js';
import { type Simulator, startSimulator } from './simulator.js';

const HOUR_MS = 3_600_000;
/** What ccxt asks beyond spot is not simulated; no method of ccxt is replaced. */
const SPOT_ONLY = { has: { fetchCurrencies: false }, options: { fetchMarkets: { types: ['spot'] } } };
const SPOT = { type: 'spot' };

let simulator: Simulator;
let now: number;

beforeAll(async () => {
  simulator = await startSimulator();
  now = simulator.world.now();
  const account = simulator.world.addAccount(KEY, SECRET);
  account.deposit('USDT', '10000', { time: now - 9 * HOUR_MS });
  account.deposit('BTC', '0.25', { time: now - 8 * HOUR_MS, wallet: 'FUND' });
  account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.1', price: '60000', time: now - 7 * HOUR_MS });
  account.trade({ symbol: 'BTCUSDT', side: 'Sell', amount: '0.04', price: '65000', time: now - 6 * HOUR_MS });
  account.withdraw('USDT', '25', { fee: '1', time: now - 5 * HOUR_MS });
  account.withdraw('USDT', '3', { status: 'Reject', time: now - 4 * HOUR_MS });
  account.move('USDT', '50.5', 'UNIFIED', 'FUND');
  simulator.world.setPrice('MNTUSDT', '0.7501');
});
afterAll(async () => {
  await simulator.stop();
});

async function open(secret = SECRET, more: Readonly<Record<string, unknown>> = {}): Promise<bybit> {
  const Exchange = await loadExchange('bybit');
  const urls = { api: { public: simulator.url, private: simulator.url } };
  const config = { apiKey: KEY, secret, number: String, urls, ...SPOT_ONLY, ...more };
  return new Exchange(config) as unknown as bybit;
}

describe("ccxt's own unified methods, unpatched, against the simulator", () => {
  test('fetchTime gives the time of the exchange', async () => {
    const exchange = await open();
    const time = await exchange.fetchTime();
    expect(Math.abs(Number(time) - simulator.world.now())).toBeLessThan(5_000);
  });

  test('fetchMarkets gives every spot market with its limits', async () => {
    const markets = await (await open()).fetchMarkets();
    expect(markets.map((market) => market?.id)).toEqual([...simulator.world.markets.keys()]);
    expect(markets[0]).toMatchObject({
      symbol: 'BTC/USDT',
      base: 'BTC',
      quote: 'USDT',
      spot: true,
      contract: false,
      active: true,
      precision: { amount: '0.000001', price: '0.1' },
      limits: { amount: { min: '0.000011', max: '83' }, cost: { min: '5', max: '8000000' } },
    });
  });

  test('fetchTickers gives the price of every market', async () => {
    const tickers = await (await open()).fetchTickers(undefined, SPOT);
    expect(Object.keys(tickers)).toHaveLength(simulator.world.markets.size);
    expect(tickers['MNT/USDT']).toMatchObject({ last: '0.7501', bid: '0.7501', ask: '0.7501' });
  });

  test('fetchBalance finds out the kind of account and gives the balances of the unified wallet', async () => {
    simulator.requests.length = 0;
    const balance = await (await open()).fetchBalance();
    // 10000 - 6000 + 2600 - 2.6 (fee) - 25 - 1 (fee) - 50.5; 0.1 - 0.0001 (fee) - 0.04
    expect(balance['USDT']).toMatchObject({ total: '6520.9', free: '6520.9', used: '0' });
    expect(balance['BTC']).toMatchObject({ total: '0.0599' });
    const asked = simulator.requests.map(({ path }) => path);
    expect(asked).toEqual(
      expect.arrayContaining(['/v5/user/query-api', '/v5/account/info', '/v5/account/wallet-balance']),
    );
  });

  test('fetchBalance gives the balances of the funding wallet', async () => {
    const balance = await (await open()).fetchBalance({ type: 'funding' });
    expect(balance['BTC']).toMatchObject({ total: '0.25' });
    expect(balance['USDT']).toMatchObject({ total: '50.5' });
  });

  test('fetchMyTrades gives both trades with their fees, oldest first', async () => {
    const trades = await (await open()).fetchMyTrades(undefined, undefined, undefined, SPOT);
    expect(trades).toHaveLength(2);
    expect(trades[0]).toMatchObject({
      symbol: 'BTC/USDT',
      side: 'buy',
      takerOrMaker: 'taker',
      amount: '0.1',
      price: '60000',
      cost: '6000',
      timestamp: now - 7 * HOUR_MS,
      fee: { currency: 'BTC', cost: '0.0001', rate: '0.001' },
    });
    expect(trades[1]).toMatchObject({
      side: 'sell',
      amount: '0.04',
      price: '65000',
      cost: '2600',
      fee: { currency: 'USDT', cost: '2.6', rate: '0.001' },
    });
    expect(new Set(trades.map(({ id }) => id)).size).toBe(2);
  });

  test('fetchDeposits gives the deposits of both wallets', async () => {
    const deposits = await (await open()).fetchDeposits();
    expect(deposits).toMatchObject([
      { type: 'deposit', currency: 'USDT', amount: '10000', status: 'ok', timestamp: now - 9 * HOUR_MS },
      { type: 'deposit', currency: 'BTC', amount: '0.25', status: 'ok', timestamp: now - 8 * HOUR_MS },
    ]);
  });

  test('fetchWithdrawals gives the amount without the fee, and the one that was rejected', async () => {
    const withdrawals = await (await open()).fetchWithdrawals();
    expect(withdrawals).toMatchObject([
      { type: 'withdrawal', currency: 'USDT', amount: '25', status: 'ok', fee: { cost: '1' } },
      { type: 'withdrawal', currency: 'USDT', amount: '3', status: 'rejected' },
    ]);
  });
});

describe("ccxt's own errors, unpatched, against the simulator", () => {
  test.each<[title: string, error: string, secret: string, more: Readonly<Record<string, unknown>>]>([
    ['a wrong secret', 'AuthenticationError', 'another', {}],
    ['an unknown key', 'AuthenticationError', SECRET, { apiKey: 'unknownKey' }],
    ['a clock that is late', 'InvalidNonce', SECRET, { nonce: () => Date.now() - 10_000 }],
  ])('%s is %s', async (_title, name, secret, more) => {
    const exchange = await open(secret, more);
    await expect(exchange.fetchDeposits()).rejects.toMatchObject({ name });
  });

  test('a period that is too long is BadRequest', async () => {
    const since = now - 40 * 24 * HOUR_MS;
    const exchange = await open();
    await expect(exchange.fetchDeposits(undefined, since)).rejects.toMatchObject({ name: 'BadRequest' });
    await expect(
      exchange.fetchMyTrades(undefined, since, undefined, { ...SPOT, until: now }),
    ).rejects.toMatchObject({ name: 'BadRequest' });
  });
});
