import { DAY_MS, HOUR_MS } from '../../models/day.js';
import { endpoint } from '../endpoint.js';
import { cursorPages, newestFirstPages } from '../page-kinds.js';
import type { Streams } from '../stream-spec.js';
import { ASSETS, CONVERT_HISTORY, UNIFIED_TRADING } from './account.js';
import { conversions, deposits, executions, internalDeposits, sweeps, withdrawals } from './records.js';

/** Two years, less an hour so that a request under way does not cross the edge. */
const RETENTION_MS = 730 * DAY_MS - HOUR_MS;
const get = (path: string, right: string) => endpoint('private', '', path, { right });
const NEXT_CURSOR = { at: 'result.nextPageCursor', param: 'cursor', sizeParam: 'limit' };

const kept = {
  when: 'always',
  oldest: (now: number) => now - RETENTION_MS,
  overlapMs: 3 * DAY_MS,
  environments: ['live', 'testnet'],
  params: () => ({}),
} as const;

const transfers = {
  ...kept,
  list: 'result.rows',
  answeredAt: 'time',
  span: ['startTime', 'endTime'],
  // The documentation calls the bound of 30 days exclusive; a day less is safe.
  windowMs: 29 * DAY_MS,
  // A deposit may be rolled back (70011) days after it was credited.
  lookBackMs: 30 * DAY_MS,
  // Base64, whose + would be read as a space.
  pages: cursorPages({ ...NEXT_CURSOR, size: 50, encode: encodeURIComponent }),
} as const;

/** What moves coins seldom is requested only if a balance is unexplained. */
const explaining = { ...kept, when: 'unexplained', windowMs: Infinity } as const;

export const streams: Streams = {
  trades: {
    ...kept,
    what: 'an execution',
    endpoint: get('/v5/execution/list', UNIFIED_TRADING),
    environments: ['live', 'testnet', 'demo'],
    params: () => ({ category: 'spot', execType: 'Trade' }),
    span: ['startTime', 'endTime'],
    windowMs: 7 * DAY_MS,
    overlapMs: 2 * HOUR_MS,
    // Bybit hands this cursor out encoded already.
    pages: cursorPages({ ...NEXT_CURSOR, size: 100 }),
    list: 'result.list',
    read: executions,
  },
  deposits: {
    ...transfers,
    what: 'a deposit',
    endpoint: get('/v5/asset/deposit/query-record', ASSETS),
    read: deposits,
  },
  withdrawals: {
    ...transfers,
    what: 'a withdrawal',
    endpoint: get('/v5/asset/withdraw/query-record', ASSETS),
    masterOnly: true,
    // 2: on chain and to other users of Bybit.
    params: () => ({ withdrawType: '2' }),
    read: withdrawals,
  },
  'deposits:internal': {
    ...transfers,
    when: 'unexplained',
    what: 'an internal deposit',
    endpoint: get('/v5/asset/deposit/query-internal-record', ASSETS),
    read: internalDeposits,
  },
  converts: {
    ...explaining,
    what: 'a conversion',
    endpoint: get('/v5/asset/exchange/query-convert-history', CONVERT_HISTORY),
    pages: newestFirstPages({ param: 'index', sizeParam: 'limit', size: 100 }),
    list: 'result.list',
    read: conversions,
  },
  dust: {
    ...explaining,
    what: 'small balances',
    endpoint: get('/v5/asset/covert/small-balance-history', CONVERT_HISTORY),
    pages: newestFirstPages({ param: 'cursor', sizeParam: 'size', size: 50, lastPageAt: 'result.lastPage' }),
    list: 'result.records',
    read: sweeps,
  },
};
