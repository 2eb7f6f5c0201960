import * as v from 'valibot';
import { msOf, NO_ENVELOPE, shaped } from '../answer.js';
import { endpoint } from '../endpoint.js';
import type { ExchangeTraits } from '../exchange-traits.js';
import { fundBalances, idOf, rightsOf, unifiedBalances } from './account.js';
import { overviewOf, unifiedProducts } from './overview.js';
import { REFUSALS } from './refusals.js';
import { ASSETS, UNIFIED_TRADING } from './rights.js';
import { streams } from './streams.js';
import { QUOTES } from './trades.js';

const SPOT = { category: 'spot' };
const EVERYWHERE = ['live', 'testnet', 'demo'] as const;

/** Demo accounts have no funding wallet and no key information. */
const NOT_DEMO = ['live', 'testnet'] as const;

const get = (access: 'public' | 'private', path: string, right?: string) =>
  endpoint(access, '', path, right === undefined ? {} : { right });

const KEY_INFORMATION = get('private', '/v5/user/query-api');

const instruments = v.object({
  result: v.object({
    list: v.array(v.object({ symbol: v.string(), baseCoin: v.string(), quoteCoin: v.string() })),
  }),
});
const tickers = v.object({
  result: v.object({ list: v.array(v.object({ symbol: v.string(), lastPrice: v.nullish(v.string(), '') })) }),
  time: v.string(),
});
const klines = v.object({ result: v.object({ list: v.array(v.array(v.string())) }) });

export const bybit: ExchangeTraits = {
  title: 'Bybit',
  origins: {
    live: 'https://api.bybit.com',
    testnet: 'https://api-testnet.bybit.com',
    demo: 'https://api-demo.bybit.com',
  },
  secretKinds: ['hmac'],
  ccxt: {
    // ccxt paces executions to 10 a second where Bybit allows 50; twice that is still gentle.
    rateLimit: 10,
    // Known beforehand, so that ccxt does not ask which kind of account this is.
    options: { enableUnifiedMargin: false, enableUnifiedAccount: true, unifiedMarginStatus: 6 },
  },
  wallets: [
    {
      name: 'UNIFIED',
      endpoint: get('private', '/v5/account/wallet-balance', UNIFIED_TRADING),
      environments: EVERYWHERE,
      params: () => ({ accountType: 'UNIFIED' }),
      balancesOf: unifiedBalances,
      productsOf: unifiedProducts,
    },
    {
      name: 'FUND',
      endpoint: get('private', '/v5/asset/transfer/query-account-coins-balance', ASSETS),
      environments: NOT_DEMO,
      params: () => ({ accountType: 'FUND' }),
      balancesOf: fundBalances,
    },
  ],
  streams,
  markets: {
    endpoint: get('public', '/v5/market/instruments-info'),
    params: SPOT,
    marketsOf: (answer) =>
      shaped(instruments, answer, 'markets').result.list.map(({ symbol, baseCoin, quoteCoin }) => ({
        id: symbol,
        base: baseCoin,
        quote: quoteCoin,
        // Delisted pairs vanish from the list.
        listed: true,
      })),
    quotes: QUOTES,
  },
  routes: { direct: ['USDT', 'USDC'], bridges: ['BTC', 'ETH'] },
  tickers: {
    endpoint: get('public', '/v5/market/tickers'),
    params: SPOT,
    pricesOf: (answer) => {
      const { result, time } = shaped(tickers, answer, 'tickers');
      return {
        time: msOf(time, 'a time'),
        prices: new Map(result.list.map(({ symbol, lastPrice }) => [symbol, lastPrice])),
      };
    },
  },
  overview: {
    endpoint: get('private', '/v5/asset/asset-overview'),
    environments: ['live'],
    params: {},
    overviewOf,
  },
  candles: {
    endpoint: get('public', '/v5/market/kline'),
    limit: 1000,
    intervals: { '1m': '1', '1h': '60', '1d': 'D' },
    params: (symbol, interval, from, to) => ({
      ...SPOT,
      symbol,
      interval,
      start: String(from),
      end: String(to),
      limit: '1000',
    }),
    candlesOf: (answer) =>
      shaped(klines, answer, 'candles').result.list.map((row) => ({
        start: msOf(row[0] ?? '', 'the time of a candle'),
        close: row[4] ?? '',
      })),
    unknownMarket: new Set(['10001']),
  },
  time: {
    endpoint: get('public', '/v5/market/time'),
    timeOf: (answer) => msOf(shaped(v.object({ time: v.string() }), answer, 'time').time, 'a time'),
  },
  keyRights: [{ endpoint: KEY_INFORMATION, environments: NOT_DEMO, rightsOf }],
  accountId: { endpoint: KEY_INFORMATION, environments: NOT_DEMO, idOf },
  // ccxt's pace stays within Bybit's limits, which are counted by the second.
  budgets: {},
  errorIn: (answer) => {
    const { retCode, retMsg } = answer as { retCode?: unknown; retMsg?: unknown };
    if (retCode === '0') return undefined;
    // An object without Bybit's envelope is not Bybit's answer; ccxt takes words such as ECONNRESET for its own.
    if (typeof retCode !== 'string' || !/^-?\d{1,10}$/.test(retCode))
      return { code: NO_ENVELOPE, message: 'the answer is not in the form of Bybit' };
    return { code: retCode, message: typeof retMsg === 'string' ? retMsg.slice(0, 200) : '' };
  },
  // Too many requests of one address; of any other 403 the reason is not known.
  banIn: (status, text) =>
    status === 403 && /access too frequent/i.test(text) ? { forMs: 10 * 60_000 } : undefined,
  errors: {
    passing: new Set([NO_ENVELOPE, '10000', '10006', '10016', '10018', '131001', '131003', '181010', '429']),
    clock: new Set(['10002']),
    refusals: REFUSALS,
  },
};
