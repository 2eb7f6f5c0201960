import { MINUTE_MS } from '../../models/day.js';
import { msOf } from '../answer.js';
import { candlesAt, rowsAt, textAt } from '../answer-parts.js';
import { type Endpoint, endpoint } from '../endpoint.js';
import type { ExchangeSpec } from '../exchange-spec.js';
import { nullable, text } from '../records.js';
import {
  flexibleBalances,
  fundingBalances,
  idOf,
  lockedBalances,
  OVERVIEW_CURRENCY,
  overviewOf,
  rightsOf,
  spotBalances,
} from './account.js';
import { foldEarnCoins, SPOT } from './earn-coins.js';
import { errors } from './errors.js';
import { FLEXIBLE, signed, streams, wallet } from './streams.js';

const EVERYWHERE = ['live', 'testnet', 'demo'] as const;
const LIVE = ['live'] as const;

const open = (path: string, weight: number): Endpoint =>
  endpoint('public', '/api/v3', path, { cost: { budget: 'api', weight } });

const POSITION_PAGE = 100;
const positions = {
  environments: LIVE,
  pageSize: POSITION_PAGE,
  params: (page: number) => ({ current: String(page), size: String(POSITION_PAGE) }),
};

const markets = rowsAt('symbols', 'a market', {
  id: text('symbol'),
  base: text('baseAsset'),
  quote: text('quoteAsset'),
  status: text('status'),
});
const tickers = rowsAt('', 'a ticker', { symbol: text('symbol'), price: nullable('price') });

export const binance: ExchangeSpec = {
  title: 'Binance',
  origins: {
    live: 'https://api.binance.com',
    testnet: 'https://testnet.binance.vision',
    demo: 'https://demo-api.binance.com',
  },
  secretKinds: ['hmac', 'rsa', 'ed25519'],
  // Requests are paced by the weights that Binance itself reports (pacing.ts).
  // ccxt's `exports` name the whole package only, which takes a second to import.
  loadCcxt: () => import('../../../node_modules/ccxt/js/src/binance.js'),
  ccxt: { enableRateLimit: false },
  wallets: [
    {
      name: SPOT,
      endpoint: signed('/account', 20),
      environments: EVERYWHERE,
      params: () => ({ omitZeroBalances: 'true' }),
      balancesOf: spotBalances,
    },
    {
      name: 'FUNDING',
      endpoint: wallet('/asset/get-funding-asset', 1, 'ip', 'POST'),
      environments: LIVE,
      params: () => ({}),
      balancesOf: fundingBalances,
    },
    {
      ...positions,
      name: FLEXIBLE,
      endpoint: wallet('/simple-earn/flexible/position', 150),
      balancesOf: flexibleBalances,
    },
    {
      ...positions,
      name: 'EARN_LOCKED',
      endpoint: wallet('/simple-earn/locked/position', 150),
      balancesOf: lockedBalances,
    },
  ],
  settleWallets: foldEarnCoins,
  streams,
  markets: {
    // 7 MB in 2026.
    endpoint: { ...open('/exchangeInfo', 20), maxBytes: 16 * 1024 * 1024 },
    params: { showPermissionSets: 'false' },
    // Delisted pairs stay in the list.
    marketsOf: (answer) =>
      markets(answer).map(({ id, base, quote, status }) => ({ id, base, quote, listed: status !== 'BREAK' })),
    quotes: [],
  },
  routes: { direct: ['USDT', 'USDC', 'FDUSD'], bridges: ['BTC', 'ETH', 'BNB'] },
  tickers: {
    endpoint: open('/ticker/price', 4),
    params: {},
    pricesOf: (answer) => ({
      time: undefined,
      prices: new Map(tickers(answer).map(({ symbol, price = '' }) => [symbol, price])),
    }),
  },
  overview: {
    endpoint: wallet('/asset/wallet/balance', 60),
    environments: LIVE,
    params: { quoteAsset: OVERVIEW_CURRENCY },
    overviewOf,
  },
  candles: {
    endpoint: open('/klines', 2),
    limit: 1000,
    intervals: { '1m': '1m', '1h': '1h', '1d': '1d' },
    params: (symbol, interval, from, to) => ({
      ...{ symbol, interval, limit: '1000' },
      ...{ startTime: String(from), endTime: String(to) },
    }),
    candlesOf: (answer) => candlesAt(answer, ''),
    unknownMarket: new Set(['-1121']),
  },
  time: {
    endpoint: open('/time', 1),
    timeOf: (answer) => msOf(textAt(answer, 'serverTime', 'the time'), 'the time'),
  },
  // On testnet and demo the rights of the account are not those of the key.
  keyRights: [{ endpoint: wallet('/account/apiRestrictions', 1), environments: LIVE, rightsOf }],
  accountId: { endpoint: signed('/account', 20), environments: LIVE, idOf },
  maxStreamsAtOnce: 3,
  // One of /api for the address, one of each /sapi path for the address or the user.
  budgets: {
    api: { header: 'x-mbx-used-weight-1m', windowMs: MINUTE_MS, limit: 6_000, of: 'address', byPath: false },
    ip: {
      header: 'x-sapi-used-ip-weight-1m',
      windowMs: MINUTE_MS,
      limit: 12_000,
      of: 'address',
      byPath: true,
    },
    uid: {
      header: 'x-sapi-used-uid-weight-1m',
      windowMs: MINUTE_MS,
      limit: 180_000,
      of: 'key',
      byPath: true,
    },
  },
  errors,
};
