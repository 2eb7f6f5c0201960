import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadExchange } from '../../src/client/load-ccxt.js';
import type { SimulatedAccount } from './account.js';
import { type Simulator, startSimulator } from './simulator.js';

/** What these tests ask of ccxt. */
interface Ccxt {
  readonly last_response_headers: Readonly<Record<string, string>>;
  readonly fetchBalance: (params?: object) => Promise<{ total: Record<string, string> }>;
  readonly fetchTickers: () => Promise<Record<string, { last: string; bid: string }>>;
  readonly fetchMyTrades: (
    symbol: string,
    since?: number,
    limit?: number,
    params?: object,
  ) => Promise<CcxtTrade[]>;
  readonly fetchDeposits: () => Promise<CcxtTransfer[]>;
  readonly fetchWithdrawals: () => Promise<CcxtTransfer[]>;
  readonly fetchOHLCV: (symbol: string, timeframe: string) => Promise<number[][]>;
  readonly fetchConvertTradeHistory: (code: string, since: number) => Promise<Record<string, unknown>[]>;
  readonly fetchMyDustTrades: () => Promise<{ amount: string; cost: string; fee: { cost: string } }[]>;
}

interface CcxtTrade {
  readonly id: string;
  readonly side: string;
  readonly amount: string;
  readonly price: string;
  readonly cost: string;
  readonly fee: { readonly cost: string; readonly currency: string };
}

interface CcxtTransfer {
  readonly currency: string;
  readonly amount: string;
  readonly status: string;
  readonly timestamp: number;
  readonly fee?: { readonly cost: string };
}

const KEY = 'ccxtKey';
const SECRET = 'ccxtSecret';
const HOUR_MS = 3_600_000;

let simulator: Simulator;
let account: SimulatedAccount;
let time: number;

beforeEach(async () => {
  simulator = await startSimulator();
  account = simulator.world.addAccount(KEY, SECRET);
  time = Math.floor(simulator.world.now() / 1000) * 1000 - HOUR_MS;
  account.deposit('USDT', '10000', { time });
  account.deposit('ETH', '1.5', { time, wallet: 'FUND' });
  account.withdraw('USDT', '9', { time: time + 1000, fee: '1' });
  account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.1', price: '60000', time });
  account.trade({
    symbol: 'BTCUSDT',
    side: 'Sell',
    amount: '0.04',
    price: '65000',
    time: time + 1,
    feeAsset: 'BNB',
    feeRate: '0.00075',
  });
  account.convert({ from: 'USDT', amount: '20', to: 'BNB', toAmount: '0.06154036', time });
  account.deposit('XRP', '1.02', { time });
  account.subscribe('USDT', '75.46');
});
afterEach(async () => {
  await simulator.stop();
});

/** As it comes from npm, but for the addresses, which lead here. */
async function createCcxt(id: 'binance' | 'bybit', more: object = {}): Promise<Ccxt> {
  const Exchange = await loadExchange(id);
  const local = (urls: unknown): unknown =>
    typeof urls === 'string'
      ? urls.replace(/^https:\/\/[^/]+/, simulator.url)
      : Object.fromEntries(Object.entries(urls as object).map(([name, url]) => [name, local(url)]));
  const { urls } = new Exchange({});
  return new Exchange({
    apiKey: KEY,
    secret: SECRET,
    number: String,
    enableRateLimit: false,
    has: { fetchCurrencies: false },
    urls: { api: local(urls['api']) },
    ...more,
  }) as unknown as Ccxt;
}

const binance = () =>
  createCcxt('binance', { options: { fetchMargins: false, fetchMarkets: { types: ['spot'] } } });

describe('ccxt reads from the simulated Binance', () => {
  test('the balances of the spot and the funding wallet', async () => {
    const exchange = await binance();
    const { total } = await exchange.fetchBalance();
    const held = Object.entries(total).filter(([, amount]) => Number(amount) !== 0);
    const expected = [...account.wallets.UNIFIED, ['LDUSDT', '75.46'] as const];
    expect(held.sort()).toEqual(expected.map(([asset, amount]) => [asset, amount.toString()]).sort());
    expect((await exchange.fetchBalance({ type: 'funding' })).total).toEqual({ ETH: '1.5' });
    expect(exchange.last_response_headers['X-Sapi-Used-Ip-Weight-1m']).toBe('1');
  });

  test('the prices of every market', async () => {
    simulator.world.setPrice('BTCUSDT', '66120.4');
    const tickers = await (await binance()).fetchTickers();
    const symbols = [...simulator.world.markets.values()].map(({ base, quote }) => `${base}/${quote}`);
    expect(Object.keys(tickers).sort()).toEqual(symbols.sort());
    expect(tickers['BTC/USDT']).toMatchObject({ last: '66120.40000000', bid: '66120.40000000' });
  });

  test('the candles of a market', async () => {
    simulator.world.advance(HOUR_MS - (simulator.world.now() % HOUR_MS));
    const candles = await (await binance()).fetchOHLCV('BTC/USDT', '1h');
    expect(candles).toHaveLength(500);
    expect(candles.at(-1)?.[0]).toBe(Math.floor(simulator.world.now() / HOUR_MS) * HOUR_MS);
  });

  test('the trades, by fromId too', async () => {
    const exchange = await binance();
    const all = await exchange.fetchMyTrades('BTC/USDT');
    const [, second] = account.executions;
    expect(all).toMatchObject([
      {
        side: 'buy',
        amount: '0.10000000',
        price: '60000.00000000',
        cost: '6000.00000000',
        fee: { cost: '0.00010000', currency: 'BTC' },
      },
      {
        side: 'sell',
        amount: '0.04000000',
        price: '65000.00000000',
        cost: '2600.00000000',
        fee: { cost: second?.fee.toFixed(), currency: 'BNB' },
      },
    ]);
    const fromId = Number(all[0]?.id) + 1;
    const rest = await exchange.fetchMyTrades('BTC/USDT', undefined, 10, { fromId });
    expect(rest.map(({ id }) => id)).toEqual([all[1]?.id]);
  });

  test('deposits and withdrawals', async () => {
    const exchange = await binance();
    const deposits = await exchange.fetchDeposits();
    expect(deposits.map(({ currency, amount, status }) => [currency, amount, status]).sort()).toEqual([
      ['ETH', '1.5', 'ok'],
      ['USDT', '10000', 'ok'],
      ['XRP', '1.02', 'ok'],
    ]);
    expect(await exchange.fetchWithdrawals()).toMatchObject([
      { currency: 'USDT', amount: '9', status: 'ok', timestamp: time + 1000, fee: { cost: '1' } },
    ]);
  });

  test('conversions and dust', async () => {
    account.sweepDust(['XRP'], { time });
    const exchange = await binance();
    expect(await exchange.fetchConvertTradeHistory('BNB', time)).toMatchObject([
      { fromCurrency: 'USDT', fromAmount: '20', toCurrency: 'BNB', toAmount: '0.06154036' },
    ]);
    const [part] = account.sweeps[0]?.parts ?? [];
    expect(await exchange.fetchMyDustTrades()).toMatchObject([
      { amount: '1.02', fee: { cost: part?.charge.toFixed() } },
    ]);
  });
});

test('one account is served in both languages', async () => {
  const bybit = await createCcxt('bybit', {
    options: { enableUnifiedMargin: false, enableUnifiedAccount: true, fetchMarkets: { types: ['spot'] } },
  });
  const [ours, theirs] = [(await bybit.fetchBalance()).total, (await (await binance()).fetchBalance()).total];
  expect(Object.keys(ours).sort()).toEqual([...account.wallets.UNIFIED.keys()].sort());
  for (const [asset, amount] of Object.entries(ours))
    expect([asset, Number(theirs[asset])]).toEqual([asset, Number(amount)]);
});
