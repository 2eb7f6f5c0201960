import { DAY_MS } from '../../models/day.js';
import { type Endpoint, endpoint } from '../endpoint.js';
import type { Streams } from '../stream-spec.js';
import { ascendingIdPages, flaggedPages, numberedPages, offsetPages, singlePages } from '../page-kinds.js';
import { READING } from './account.js';
import { conversions, deposits, dividends, rewards, sweeps, trades, withdrawals } from './records.js';

export const FLEXIBLE = 'EARN_FLEXIBLE';

export const signed = (path: string, weight: number): Endpoint =>
  endpoint('private', '/api/v3', path, { cost: { budget: 'api', weight }, right: READING });

/** Wallets and products, which the testnet does not have. */
export const wallet = (
  path: string,
  weight: number,
  budget: 'ip' | 'uid' = 'ip',
  verb: Endpoint['verb'] = 'GET',
): Endpoint => endpoint('sapi', '/sapi/v1', path, { cost: { budget, weight }, verb, right: READING });

/** Windows may be as long as the limit at the most; docs differ on whether it belongs to them. */
const days = (count: number): number => count * DAY_MS - 1_000;

/** Binance opened in July 2017 and forgets nothing. */
const FIRST_DAY_MS = Date.UTC(2017, 6, 1);
/** Conversions older than the trading desk are not known. */
const FIRST_CONVERSION_MS = Date.UTC(2019, 0, 1);
const FIRST_REWARD_MS = Date.UTC(2022, 9, 1);
/** The dust log does not go back further. */
const FIRST_DUST_MS = Date.UTC(2020, 11, 1);

/** The testnet and the demo have spot trading alone. */
const always = {
  when: 'always',
  oldest: () => FIRST_DAY_MS,
  overlapMs: 3 * DAY_MS,
  environments: ['live'],
  params: () => ({}),
  span: ['startTime', 'endTime'],
  list: '',
} as const;

const transfers = {
  ...always,
  // Deposits are rejected and withdrawals cancelled after they were final; within one window it costs nothing more.
  lookBackMs: 30 * DAY_MS,
  windowMs: days(90),
  pages: offsetPages({ param: 'offset', sizeParam: 'limit', size: 1000 }),
} as const;

export const streams: Streams = {
  deposits: {
    ...transfers,
    what: 'a deposit',
    endpoint: wallet('/capital/deposit/hisrec', 1),
    read: deposits,
  },
  withdrawals: {
    ...transfers,
    what: 'a withdrawal',
    // Ten of them use up a minute.
    endpoint: wallet('/capital/withdraw/history', 18_000, 'uid'),
    expensive: true,
    read: withdrawals,
  },
  income: {
    ...always,
    what: 'a dividend',
    endpoint: wallet('/asset/assetDividend', 10),
    windowMs: days(180),
    pages: singlePages({ sizeParam: 'limit', size: 500 }),
    list: 'rows',
    read: dividends,
  },
  'income:realtime': {
    ...always,
    when: 'unexplained',
    ofWallet: FLEXIBLE,
    what: 'an earn reward',
    endpoint: wallet('/simple-earn/flexible/history/rewardsRecord', 150),
    params: () => ({ type: 'REALTIME' }),
    oldest: () => FIRST_REWARD_MS,
    // 30 days a call by the docs of 2026-07; three months before.
    windowMs: days(30),
    pages: numberedPages({ param: 'current', sizeParam: 'size', size: 100 }),
    list: 'rows',
    read: rewards,
  },
  converts: {
    ...always,
    what: 'a conversion',
    endpoint: wallet('/convert/tradeFlow', 3_000, 'uid'),
    oldest: () => FIRST_CONVERSION_MS,
    // A longer one is answered with nothing.
    windowMs: days(30),
    expensive: true,
    pages: flaggedPages({ sizeParam: 'limit', size: 1000, moreAt: 'moreData' }),
    list: 'list',
    read: conversions,
  },
  dust: {
    ...always,
    what: 'dust',
    endpoint: wallet('/asset/dribblet', 1),
    params: () => ({ accountType: 'SPOT' }),
    oldest: () => FIRST_DUST_MS,
    windowMs: days(90),
    pages: singlePages({ size: 100 }),
    list: 'userAssetDribblets',
    read: sweeps,
  },
  trades: {
    ...always,
    when: 'by-market',
    what: 'a trade',
    endpoint: signed('/myTrades', 20),
    params: (symbol) => ({ symbol }),
    windowMs: Infinity,
    overlapMs: DAY_MS,
    span: undefined,
    pages: ascendingIdPages({
      ...{ param: 'fromId', sizeParam: 'limit', size: 1000 },
      ...{ id: 'id', fromParam: 'startTime' },
    }),
    // A delisted market has no trades to report, though it may still be in the list.
    nothing: new Set(['-1121']),
    environments: ['live', 'testnet', 'demo'],
    read: trades,
  },
};
