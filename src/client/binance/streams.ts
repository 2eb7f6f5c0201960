import type { ExchangeTraits } from '../exchange-traits.js';
import { conversionsIn, convertPage, convertParams, dustIn, dustPage, dustParams } from './conversions.js';
import { dividendPage, dividendParams, dividendsIn } from './dividends.js';
import { FLEXIBLE } from './earn-coins.js';
import { rewardPage, rewardParams, rewardsIn } from './earn-rewards.js';
import { signed, wallet } from './endpoints.js';
import { tradePage, tradeParams, tradesIn } from './trades.js';
import {
  depositPage,
  depositsIn,
  TRANSFER_PAGE,
  transferParams,
  withdrawalPage,
  withdrawalsIn,
} from './transfers.js';

const DAY_MS = 86_400_000;
/** Windows may be as long as the limit at the most; docs differ on whether it belongs to them. */
const days = (count: number): number => count * DAY_MS - 1_000;

/** Binance opened in July 2017 and forgets nothing. */
const FIRST_DAY_MS = Date.UTC(2017, 6, 1);
/** Older conversions than those of the trading desk, which began then, are not known of. */
const FIRST_CONVERSION_MS = Date.UTC(2019, 0, 1);
/** Simple Earn began then. */
const FIRST_REWARD_MS = Date.UTC(2022, 9, 1);
/** The log does not go back further. */
const FIRST_DUST_MS = Date.UTC(2020, 11, 1);

/** Deposits are rejected and withdrawals cancelled after they were final; within one window it costs nothing more. */
const LOOK_BACK_MS = 30 * DAY_MS;

/** The testnet and the demo have spot trading alone. */
const always = {
  when: 'always',
  oldest: () => FIRST_DAY_MS,
  overlapMs: 3 * DAY_MS,
  environments: ['live'],
} as const;

/** Without pages: a window that holds more than one answer is halved. */
const unpaged = { ...always, pageSize: 0 } as const;

export const streams: ExchangeTraits['streams'] = {
  deposits: {
    ...always,
    endpoint: wallet('/capital/deposit/hisrec', 1),
    lookBackMs: LOOK_BACK_MS,
    windowMs: days(90),
    pageSize: TRANSFER_PAGE,
    params: transferParams,
    pageOf: depositPage,
    eventsOf: depositsIn,
  },
  withdrawals: {
    ...always,
    // Ten of them use up a minute.
    endpoint: wallet('/capital/withdraw/history', 18_000, 'uid'),
    lookBackMs: LOOK_BACK_MS,
    windowMs: days(90),
    dear: true,
    pageSize: TRANSFER_PAGE,
    params: transferParams,
    pageOf: withdrawalPage,
    eventsOf: withdrawalsIn,
  },
  income: {
    ...unpaged,
    endpoint: wallet('/asset/assetDividend', 10),
    windowMs: days(180),
    params: dividendParams,
    pageOf: dividendPage,
    eventsOf: dividendsIn,
  },
  'income:realtime': {
    ...unpaged,
    when: 'unexplained',
    ofWallet: FLEXIBLE,
    endpoint: wallet('/simple-earn/flexible/history/rewardsRecord', 150),
    oldest: () => FIRST_REWARD_MS,
    // 30 days a call by the docs of 2026-07; three months before.
    windowMs: days(30),
    params: rewardParams,
    pageOf: rewardPage,
    eventsOf: rewardsIn,
  },
  converts: {
    ...unpaged,
    endpoint: wallet('/convert/tradeFlow', 3_000, 'uid'),
    oldest: () => FIRST_CONVERSION_MS,
    // A longer one is answered with nothing.
    windowMs: days(30),
    dear: true,
    params: convertParams,
    pageOf: convertPage,
    eventsOf: conversionsIn,
  },
  dust: {
    ...unpaged,
    endpoint: wallet('/asset/dribblet', 1),
    oldest: () => FIRST_DUST_MS,
    windowMs: days(90),
    params: dustParams,
    pageOf: dustPage,
    eventsOf: dustIn,
  },
  trades: {
    ...always,
    when: 'by-market',
    endpoint: signed('/myTrades', 20),
    windowMs: Infinity,
    overlapMs: DAY_MS,
    pageSize: 0,
    byId: true,
    // Of a market that is traded no more nothing is told, though it may still be in the list.
    nothing: new Set(['-1121']),
    environments: ['live', 'testnet', 'demo'],
    params: tradeParams,
    pageOf: tradePage,
    eventsOf: tradesIn,
  },
};
