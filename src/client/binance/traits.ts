import * as v from 'valibot';
import { msOf, shaped } from '../answer.js';
import type { ExchangeTraits } from '../exchange-traits.js';
import {
  flexibleBalances,
  fundingBalances,
  idOf,
  lockedBalances,
  POSITION_PAGE,
  rightsOf,
  spotBalances,
} from './account.js';
import { FLEXIBLE, foldEarnCoins, SPOT } from './earn-coins.js';
import { BUDGETS, open, signed, wallet } from './endpoints.js';
import { OVERVIEW_PARAMS, overviewOf } from './overview.js';
import { REFUSALS } from './refusals.js';
import { streams } from './streams.js';

const EVERYWHERE = ['live', 'testnet', 'demo'] as const;
const LIVE = ['live'] as const;

const positions = {
  environments: LIVE,
  pageSize: POSITION_PAGE,
  params: (page: number) => ({ current: String(page), size: String(POSITION_PAGE) }),
};

const exchangeInfo = v.object({
  symbols: v.array(
    v.object({ symbol: v.string(), status: v.string(), baseAsset: v.string(), quoteAsset: v.string() }),
  ),
});
const tickers = v.array(v.object({ symbol: v.string(), price: v.nullish(v.string(), '') }));
const klines = v.array(v.array(v.string()));
const failure = v.object({ code: v.pipe(v.string(), v.regex(/^-?\d+$/)), msg: v.string() });

const BANNED = 418;
const SHORTEST_BAN_MS = 120_000;

export const binance: ExchangeTraits = {
  title: 'Binance',
  origins: {
    live: 'https://api.binance.com',
    testnet: 'https://testnet.binance.vision',
    demo: 'https://demo-api.binance.com',
  },
  // Its pacing is by the weights that Binance itself reports (pacing.ts).
  secretKinds: ['hmac', 'rsa', 'ed25519'],
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
    marketsOf: (answer) =>
      shaped(exchangeInfo, answer, 'markets').symbols.map(({ symbol, status, baseAsset, quoteAsset }) => ({
        id: symbol,
        base: baseAsset,
        quote: quoteAsset,
        // Delisted pairs stay in the list.
        listed: status !== 'BREAK',
      })),
    quotes: [],
  },
  routes: { direct: ['USDT', 'USDC', 'FDUSD'], bridges: ['BTC', 'ETH', 'BNB'] },
  tickers: {
    endpoint: open('/ticker/price', 4),
    params: {},
    pricesOf: (answer) => ({
      time: undefined,
      prices: new Map(shaped(tickers, answer, 'tickers').map(({ symbol, price }) => [symbol, price])),
    }),
  },
  overview: {
    endpoint: wallet('/asset/wallet/balance', 60),
    environments: LIVE,
    params: OVERVIEW_PARAMS,
    overviewOf,
  },
  candles: {
    endpoint: open('/klines', 2),
    limit: 1000,
    intervals: { '1m': '1m', '1h': '1h', '1d': '1d' },
    params: (symbol, interval, from, to) => ({
      symbol,
      interval,
      startTime: String(from),
      endTime: String(to),
      limit: '1000',
    }),
    candlesOf: (answer) =>
      shaped(klines, answer, 'candles').map((row) => ({
        start: msOf(row[0] ?? '', 'the time of a candle'),
        close: row[4] ?? '',
      })),
    unknownMarket: new Set(['-1121']),
  },
  time: {
    endpoint: open('/time', 1),
    timeOf: (answer) =>
      msOf(shaped(v.object({ serverTime: v.string() }), answer, 'time').serverTime, 'a time'),
  },
  // What the account may do on testnet and demo says nothing of the key.
  keyRights: [{ endpoint: wallet('/account/apiRestrictions', 1), environments: LIVE, rightsOf }],
  accountId: { endpoint: signed('/account', 20), environments: LIVE, idOf },
  budgets: BUDGETS,
  errorIn: (answer) => {
    const { success, output } = v.safeParse(failure, answer);
    return success ? { code: output.code, message: output.msg.slice(0, 200) } : undefined;
  },
  banIn: (status, text) => {
    const [, until] = /IP banned until (\d{13})/.exec(text) ?? [];
    if (until !== undefined) return { until: msOf(until, 'the end of a ban') };
    return status === BANNED ? { forMs: SHORTEST_BAN_MS } : undefined;
  },
  errors: {
    // Disconnected, too many requests, unexpected answers and time-outs within, overloaded.
    passing: new Set(['-1000', '-1001', '-1003', '-1004', '-1006', '-1007', '-1008']),
    clock: new Set(['-1021']),
    refusals: REFUSALS,
  },
};
