import { msOf } from '../answer.js';
import { candlesAt, rowsAt, textAt } from '../answer-parts.js';
import { endpoint } from '../endpoint.js';
import type { ExchangeSpec } from '../exchange-spec.js';
import { nullable, text } from '../records.js';
import {
  ASSETS,
  fundBalances,
  idOf,
  overviewOf,
  rightsOf,
  unifiedBalances,
  unifiedProducts,
  UNIFIED_TRADING,
} from './account.js';
import { errors } from './errors.js';
import { QUOTES } from './records.js';
import { streams } from './streams.js';

const SPOT = { category: 'spot' };
/** Demo accounts have no funding wallet and no key information. */
const NOT_DEMO = ['live', 'testnet'] as const;

const open = (path: string) => endpoint('public', '', path);
const KEY_INFORMATION = endpoint('private', '', '/v5/user/query-api');

const instruments = rowsAt('result.list', 'a market', {
  id: text('symbol'),
  base: text('baseCoin'),
  quote: text('quoteCoin'),
});
const tickers = rowsAt('result.list', 'a ticker', { symbol: text('symbol'), price: nullable('lastPrice') });

export const bybit: ExchangeSpec = {
  title: 'Bybit',
  origins: {
    live: 'https://api.bybit.com',
    testnet: 'https://api-testnet.bybit.com',
    demo: 'https://api-demo.bybit.com',
  },
  secretKinds: ['hmac'],
  // ccxt's `exports` name the whole package only, which takes a second to import.
  loadCcxt: () => import('../../../node_modules/ccxt/js/src/bybit.js'),
  ccxt: {
    // ccxt paces executions to 10 a second where Bybit allows 50; twice that is still gentle.
    rateLimit: 10,
    // Known beforehand, so that ccxt does not ask which kind of account this is.
    options: { enableUnifiedMargin: false, enableUnifiedAccount: true, unifiedMarginStatus: 6 },
  },
  wallets: [
    {
      name: 'UNIFIED',
      endpoint: endpoint('private', '', '/v5/account/wallet-balance', { right: UNIFIED_TRADING }),
      environments: ['live', 'testnet', 'demo'],
      params: () => ({ accountType: 'UNIFIED' }),
      balancesOf: unifiedBalances,
      productsOf: unifiedProducts,
    },
    {
      name: 'FUND',
      endpoint: endpoint('private', '', '/v5/asset/transfer/query-account-coins-balance', { right: ASSETS }),
      environments: NOT_DEMO,
      params: () => ({ accountType: 'FUND' }),
      balancesOf: fundBalances,
    },
  ],
  streams,
  markets: {
    endpoint: open('/v5/market/instruments-info'),
    params: SPOT,
    // Delisted pairs vanish from the list.
    marketsOf: (answer) =>
      instruments(answer).map(({ id, base, quote }) => ({ id, base, quote, listed: true })),
    quotes: QUOTES,
  },
  routes: { direct: ['USDT', 'USDC'], bridges: ['BTC', 'ETH'] },
  tickers: {
    endpoint: open('/v5/market/tickers'),
    params: SPOT,
    pricesOf: (answer) => ({
      time: msOf(textAt(answer, 'time', 'tickers'), 'the time of tickers'),
      prices: new Map(tickers(answer).map(({ symbol, price = '' }) => [symbol, price])),
    }),
  },
  overview: {
    endpoint: endpoint('private', '', '/v5/asset/asset-overview'),
    environments: ['live'],
    params: {},
    overviewOf,
  },
  candles: {
    endpoint: open('/v5/market/kline'),
    limit: 1000,
    intervals: { '1m': '1', '1h': '60', '1d': 'D' },
    params: (symbol, interval, from, to) => ({
      ...{ ...SPOT, symbol, interval, limit: '1000' },
      ...{ start: String(from), end: String(to) },
    }),
    candlesOf: (answer) => candlesAt(answer, 'result.list'),
    unknownMarket: new Set(['10001']),
  },
  time: {
    endpoint: open('/v5/market/time'),
    timeOf: (answer) => msOf(textAt(answer, 'time', 'the time'), 'the time'),
  },
  keyRights: [{ endpoint: KEY_INFORMATION, environments: NOT_DEMO, rightsOf }],
  accountId: { endpoint: KEY_INFORMATION, environments: NOT_DEMO, idOf },
  maxStreamsAtOnce: 3,
  // ccxt's pace stays within Bybit's limits, which are counted by the second.
  budgets: {},
  limitHeaders: { left: 'x-bapi-limit-status', resetAt: 'x-bapi-limit-reset-timestamp' },
  errors,
};
