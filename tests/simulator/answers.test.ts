import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askBybit } from '../support/ask-bybit.js';
import { fill, KEY, SECRET } from '../support/stage.js';
import { differences } from './differences.js';
import { type Simulator, startSimulator } from './simulator.js';

interface RealAnswer {
  readonly source: string;
  readonly body: { readonly retCode: number; readonly retMsg: string };
}

const { answers } = JSON.parse(
  readFileSync(join(process.cwd(), 'tests/fixtures/bybit-responses.json'), 'utf8'),
) as { answers: Readonly<Record<string, RealAnswer>> };

const UNBOUND_KEY = 'keyWithoutAddresses';
const ONE_DAY_MS = 86_400_000;
const TWO_MINUTES_MS = 120_000;

/** Requests by what they ask for. */
const REQUESTS = {
  time: () => ['/v5/market/time', ''],
  instruments: () => ['/v5/market/instruments-info', 'category=spot'],
  tickers: () => ['/v5/market/tickers', 'category=spot'],
  kline: (now: number) => [
    '/v5/market/kline',
    `category=spot&symbol=BTCUSDT&interval=1&start=${now - TWO_MINUTES_MS}&end=${now}`,
  ],
  unified: () => ['/v5/account/wallet-balance', 'accountType=UNIFIED'],
  funding: () => ['/v5/asset/transfer/query-account-coins-balance', 'accountType=FUND'],
  information: () => ['/v5/account/info', ''],
  key: () => ['/v5/user/query-api', ''],
  executions: () => ['/v5/execution/list', 'category=spot'],
  noExecutions: (now: number) => ['/v5/execution/list', `category=spot&endTime=${now - 9 * ONE_DAY_MS}`],
  deposits: () => ['/v5/asset/deposit/query-record', ''],
  noDeposits: (now: number) => ['/v5/asset/deposit/query-record', `endTime=${now - 9 * ONE_DAY_MS}`],
  withdrawals: () => ['/v5/asset/withdraw/query-record', ''],
  internal: () => ['/v5/asset/deposit/query-internal-record', ''],
  conversions: () => ['/v5/asset/exchange/query-convert-history', ''],
  smallBalances: () => ['/v5/asset/covert/small-balance-history', ''],
} satisfies Record<string, (now: number) => [path: string, query: string]>;

/** A real body, the request that it answers, and every difference that is known, with its reason. */
const CASES: readonly {
  readonly real: string;
  readonly request: keyof typeof REQUESTS;
  readonly known?: Readonly<Record<string, string>>;
  readonly apiKey?: string;
}[] = [
  { real: 'time', request: 'time' },
  { real: 'instruments 2025', request: 'instruments' },
  {
    real: 'instruments earlier',
    request: 'instruments',
    known: {
      'result.list[].symbolId: only simulated': 'added in 2025',
      'result.list[].symbolType: only simulated': 'added in 2025',
      'result.list[].lotSizeFilter.maxLimitOrderQty: only simulated': 'added in 2025',
      'result.list[].lotSizeFilter.maxMarketOrderQty: only simulated': 'added in 2025',
      'result.list[].lotSizeFilter.postOnlyMaxLimitOrderSize: only simulated': 'added in 2025',
    },
  },
  { real: 'tickers', request: 'tickers' },
  { real: 'kline by the day', request: 'kline' },
  { real: 'kline by the minute', request: 'kline' },
  { real: 'unified wallet 2026', request: 'unified' },
  {
    real: 'unified wallet 2025',
    request: 'unified',
    known: {
      'result.list[].accountIMRateByMp: only simulated': 'added after January 2025',
      'result.list[].accountMMRateByMp: only simulated': 'added after January 2025',
      'result.list[].totalInitialMarginByMp: only simulated': 'added after January 2025',
      'result.list[].totalMaintenanceMarginByMp: only simulated': 'added after January 2025',
      'result.list[].coin[].spotBorrow: only simulated': 'added in September 2025',
    },
  },
  {
    real: 'funding wallet',
    request: 'funding',
    known: { 'result.memberId: real string, simulated numeric string': 'the documentation hides it as XXXX' },
  },
  { real: 'another wallet', request: 'funding' },
  { real: 'account info', request: 'information' },
  { real: 'key with addresses', request: 'key' },
  {
    real: 'key without addresses',
    request: 'key',
    apiKey: UNBOUND_KEY,
    known: Object.fromEntries(
      [
        ...['Affiliate', 'BitCard', 'ByXPost', 'Earn', 'FiatBitPay', 'FiatConvertBroker'],
        ...['FiatGlobalPay', 'FiatP2P'],
      ]
        .map((group) => `permissions.${group}`)
        .concat(['affiliateIDInt64', 'inviterIDInt64', 'isMaster', 'kycLevel', 'kycRegion', 'parentUid'])
        .concat(['rsaPublicKey', 'userIDInt64'])
        .map((field) => [`result.${field}: only simulated`, 'a client of 2023 did not know the field']),
    ),
  },
  {
    real: 'sale 2024',
    request: 'executions',
    known: {
      'result.list[].extraFees: only simulated': 'added after 2024; empty but in India, Indonesia, EU',
    },
  },
  {
    real: 'purchase 2024',
    request: 'executions',
    known: {
      'result.list[].extraFees: only simulated': 'added after 2024; empty but in India, Indonesia, EU',
    },
  },
  ...['purchase 2023', 'maker purchase 2023'].map((real) => ({
    real,
    request: 'executions' as const,
    known: {
      'result.list[].extraFees: only simulated': 'added after 2024',
      'result.list[].feeCurrency: only simulated': 'rows of 2023 have none',
      'result.list[].marketUnit: only simulated': 'rows of 2023 have none',
    },
  })),
  { real: 'no executions', request: 'noExecutions' },
  { real: 'deposits 2025', request: 'deposits' },
  {
    real: 'deposits 2023',
    request: 'deposits',
    known: {
      'result.rows[].fromAddress: only simulated': 'added by 2025',
      'result.rows[].id: only simulated': 'added by 2025',
      'result.rows[].taxDepositRecordsId: only simulated': 'added by 2025',
      'result.rows[].taxStatus: only simulated': 'added by 2025',
    },
  },
  { real: 'no deposits', request: 'noDeposits' },
  { real: 'withdrawals', request: 'withdrawals' },
  { real: 'internal deposits', request: 'internal' },
  { real: 'conversions', request: 'conversions' },
  { real: 'small balances', request: 'smallBalances' },
];

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
  const account = simulator.world.addAccount(KEY, SECRET);
  fill(account, simulator.world.now());
  simulator.world.addAccount(UNBOUND_KEY, SECRET).ips = ['*'];
  account.withdraw('USDT', '25', { fee: '1' });
  account.move('USDT', '50', 'UNIFIED', 'FUND');
  account.receiveFromUser('XRP', '0.1');
  account.convert({ from: 'USDT', amount: '10', to: 'BTC' });
  account.sweepDust(['XRP']);
});
afterAll(async () => {
  await simulator.stop();
});

describe('field by field, at every level, the simulator answers as Bybit does', () => {
  test.each(CASES)('$real', async ({ real, request, known = {}, apiKey = KEY }) => {
    const { body } = answers[real] ?? {};
    const [path, query] = REQUESTS[request](simulator.world.now());
    const simulated = await askBybit(simulator, path, query, { apiKey, secret: SECRET });
    expect(simulated.status).toBe(200);
    expect(simulated.headers.get('content-type')).toMatch(/^application\/json/);
    expect(differences(body, simulated.body)).toEqual(Object.keys(known).sort());
    expect([simulated.body.retCode, simulated.body.retMsg]).toEqual([body?.retCode, body?.retMsg]);
  });

  test('no recorded answer is left out', () => {
    expect(CASES.map(({ real }) => real).sort()).toEqual(Object.keys(answers).sort());
  });
});

describe('the comparison', () => {
  test.each<[title: string, real: unknown, simulated: unknown, found: string[]]>([
    ['a field that is missing', { a: '1' }, {}, ['a: only real']],
    ['a field too many', {}, { a: '1' }, ['a: only simulated']],
    ['a number for a string', { a: '1' }, { a: 1 }, ['a: real numeric string, simulated number']],
    ['text for a numeric string', { a: '1' }, { a: 'x' }, ['a: real numeric string, simulated string']],
    ['null for an object', { a: {} }, { a: null }, ['a: real object, simulated null']],
    ['an array for an object', { a: {} }, { a: [] }, ['a: real object, simulated array']],
    ['a difference in a later row', [{ a: '' }], [{ a: '' }, {}], ['[].a: only real']],
    ['rows of which one side has none', [{ a: '' }], [], ['[]: real 1 rows, simulated 0 rows']],
    ['a candle with a field too few', [['1', '2']], [['1']], ['[]: real 2 fields, simulated 1 fields']],
    ['an empty string for a numeric one', { a: '1', b: '' }, { a: '', b: '1' }, []],
  ])('sees %s', (_title, real, simulated, found) => {
    expect(differences(real, simulated)).toEqual(found);
  });
});
