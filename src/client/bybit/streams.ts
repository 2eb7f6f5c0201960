import type { ExchangeTraits } from '../exchange-traits.js';
import { endpoint } from '../endpoint.js';
import type { Asked, StreamTraits } from '../stream-traits.js';
import { ASSETS, CONVERT_HISTORY, UNIFIED_TRADING } from './rights.js';
import { conversionsIn, convertPage, CONVERT_PAGE, dustPage, DUST_PAGE, sweptIn } from './conversions.js';
import {
  depositPage,
  depositsIn,
  internalDepositPage,
  internalDepositsIn,
  withdrawalPage,
  withdrawalsIn,
} from './transfers.js';
import { tradePage, tradesIn } from './trades.js';

const DAY_MS = 86_400_000;
/** Two years, less an hour so that a request under way does not cross the edge. */
const RETENTION_MS = 730 * DAY_MS - 3_600_000;
const get = (path: string, right: string) => endpoint('private', '', path, { right });

const kept = {
  when: 'always',
  oldest: (now: number) => now - RETENTION_MS,
  overlapMs: 3 * DAY_MS,
  environments: ['live', 'testnet'],
} as const;

const transfers = {
  ...kept,
  // The bound of 30 days is said to be exclusive; a day less is safe.
  windowMs: 29 * DAY_MS,
  pageSize: 50,
  // A deposit may be rolled back (70011) days after it was credited.
  lookBackMs: 30 * DAY_MS,
} as const;

const transferParams = ({ from, to, page }: Asked) => ({
  startTime: String(from),
  endTime: String(to),
  limit: '50',
  // Base64, whose + would be read as a space.
  ...(page === undefined ? {} : { cursor: encodeURIComponent(page) }),
});

const trades: StreamTraits = {
  ...kept,
  endpoint: get('/v5/execution/list', UNIFIED_TRADING),
  windowMs: 7 * DAY_MS,
  overlapMs: 2 * 3_600_000,
  pageSize: 100,
  environments: ['live', 'testnet', 'demo'],
  params: ({ from, to, page }) => ({
    category: 'spot',
    execType: 'Trade',
    startTime: String(from),
    endTime: String(to),
    limit: '100',
    // Bybit hands this cursor out encoded already.
    ...(page === undefined ? {} : { cursor: page }),
  }),
  pageOf: tradePage,
  eventsOf: tradesIn,
};

/** What moves coins seldom is asked for only where a balance is unexplained; its pages go back in time. */
const explaining = { ...kept, when: 'unexplained', windowMs: Infinity, pageSize: 0 } as const;

export const streams: ExchangeTraits['streams'] = {
  trades,
  deposits: {
    ...transfers,
    endpoint: get('/v5/asset/deposit/query-record', ASSETS),
    params: transferParams,
    pageOf: depositPage,
    eventsOf: depositsIn,
  },
  withdrawals: {
    ...transfers,
    endpoint: get('/v5/asset/withdraw/query-record', ASSETS),
    masterOnly: true,
    // 2: on chain and to other users of Bybit.
    params: (asked) => ({ withdrawType: '2', ...transferParams(asked) }),
    pageOf: withdrawalPage,
    eventsOf: withdrawalsIn,
  },
  'deposits:internal': {
    ...transfers,
    when: 'unexplained',
    endpoint: get('/v5/asset/deposit/query-internal-record', ASSETS),
    params: transferParams,
    pageOf: internalDepositPage,
    eventsOf: internalDepositsIn,
  },
  converts: {
    ...explaining,
    endpoint: get('/v5/asset/exchange/query-convert-history', CONVERT_HISTORY),
    params: ({ page }) => ({ index: page ?? '1', limit: String(CONVERT_PAGE) }),
    pageOf: convertPage,
    eventsOf: conversionsIn,
  },
  dust: {
    ...explaining,
    endpoint: get('/v5/asset/covert/small-balance-history', CONVERT_HISTORY),
    params: ({ page }) => ({ cursor: page ?? '1', size: String(DUST_PAGE) }),
    pageOf: dustPage,
    eventsOf: sweptIn,
  },
};
