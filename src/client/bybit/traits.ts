import * as v from 'valibot';
import { shaped, wholeOf } from '../answer.js';
import type { ExchangeTraits, StreamTraits } from '../exchange-traits.js';
import { REFUSALS } from './refusals.js';
import { depositPage, tradePage, withdrawalPage } from './records.js';
import { fundBalances, rightsOf, unifiedBalances } from './account.js';

const DAY_MS = 86_400_000;
/** Two years, less an hour so that a request under way does not cross the edge. */
const RETENTION_MS = 730 * DAY_MS - 3_600_000;
const SPOT = { category: 'spot' };

const get = (access: 'public' | 'private', path: string) => {
  const words = path.split(/[/-]/).filter(Boolean);
  return {
    path,
    method: `${access}Get${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`,
  };
};

const transfers = {
  // The bound of 30 days is said to be exclusive; a day less is safe.
  windowMs: 29 * DAY_MS,
  retentionMs: RETENTION_MS,
  overlapMs: 3 * DAY_MS,
  pageSize: 50,
  environments: ['live', 'testnet'],
} as const;

const trades: StreamTraits = {
  endpoint: get('private', '/v5/execution/list'),
  windowMs: 7 * DAY_MS,
  retentionMs: RETENTION_MS,
  overlapMs: 2 * 3_600_000,
  pageSize: 100,
  environments: ['live', 'testnet', 'demo'],
  params: (from, to, page) => ({
    ...SPOT,
    execType: 'Trade',
    startTime: String(from),
    endTime: String(to),
    limit: '100',
    // Bybit hands this cursor out encoded already.
    ...(page === undefined ? {} : { cursor: page }),
  }),
  pageOf: tradePage,
};

const transferParams = (from: number, to: number, page: string | undefined) => ({
  startTime: String(from),
  endTime: String(to),
  limit: '50',
  // Base64, whose + would be read as a space.
  ...(page === undefined ? {} : { cursor: encodeURIComponent(page) }),
});

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
  ccxt: {
    // ccxt paces executions to 10 a second where Bybit allows 50; twice that is still gentle.
    rateLimit: 10,
    // Known beforehand, so that ccxt does not ask which kind of account this is.
    options: { enableUnifiedMargin: false, enableUnifiedAccount: true, unifiedMarginStatus: 6 },
  },
  wallets: [
    {
      name: 'UNIFIED',
      endpoint: get('private', '/v5/account/wallet-balance'),
      params: { accountType: 'UNIFIED' },
      balancesOf: unifiedBalances,
    },
    {
      name: 'FUND',
      endpoint: get('private', '/v5/asset/transfer/query-account-coins-balance'),
      params: { accountType: 'FUND' },
      balancesOf: fundBalances,
    },
  ],
  streams: {
    trades,
    deposits: {
      ...transfers,
      endpoint: get('private', '/v5/asset/deposit/query-record'),
      params: transferParams,
      pageOf: depositPage,
    },
    withdrawals: {
      ...transfers,
      endpoint: get('private', '/v5/asset/withdraw/query-record'),
      // 2: on chain and to other users of Bybit.
      params: (from, to, page) => ({ withdrawType: '2', ...transferParams(from, to, page) }),
      pageOf: withdrawalPage,
    },
  },
  markets: {
    endpoint: get('public', '/v5/market/instruments-info'),
    params: SPOT,
    marketsOf: (answer) =>
      shaped(instruments, answer, 'markets').result.list.map(({ symbol, baseCoin, quoteCoin }) => ({
        id: symbol,
        base: baseCoin,
        quote: quoteCoin,
      })),
  },
  tickers: {
    endpoint: get('public', '/v5/market/tickers'),
    params: SPOT,
    pricesOf: (answer) => {
      const { result, time } = shaped(tickers, answer, 'tickers');
      return {
        time: wholeOf(time, 'a time'),
        prices: new Map(result.list.map(({ symbol, lastPrice }) => [symbol, lastPrice])),
      };
    },
  },
  candles: {
    endpoint: get('public', '/v5/market/kline'),
    limit: 1000,
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
        start: wholeOf(row[0] ?? '', 'the time of a candle'),
        close: row[4] ?? '',
      })),
  },
  time: {
    endpoint: get('public', '/v5/market/time'),
    timeOf: (answer) => wholeOf(shaped(v.object({ time: v.string() }), answer, 'time').time, 'a time'),
  },
  keyRights: { endpoint: get('private', '/v5/user/query-api'), rightsOf },
  errorIn: (answer) => {
    const { retCode, retMsg } = answer as { retCode?: unknown; retMsg?: unknown };
    if (retCode === '0') return undefined;
    // An object without Bybit's envelope is not Bybit's answer.
    if (typeof retCode !== 'string')
      return { code: 'no-envelope', message: 'the answer is not in the form of Bybit' };
    return { code: retCode, message: typeof retMsg === 'string' ? retMsg.slice(0, 200) : '' };
  },
  errors: {
    passing: new Set([
      'no-envelope',
      '10000',
      '10006',
      '10016',
      '10018',
      '131001',
      '131003',
      '181010',
      '429',
    ]),
    clock: new Set(['10002']),
    refusals: REFUSALS,
  },
};
