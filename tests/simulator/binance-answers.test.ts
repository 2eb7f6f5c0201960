import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { askBinance, type Values } from '../support/ask-binance.js';
import { differencesOfShape } from '../support/same-shape.js';
import type { SimulatedAccount } from './account.js';
import { type Simulator, startSimulator } from './simulator.js';

interface RealAnswer {
  readonly kind: string;
  readonly source: string;
  readonly status?: number;
  readonly part?: readonly string[];
  readonly body?: unknown;
}

const REAL = JSON.parse(readFileSync('tests/fixtures/binance-responses.json', 'utf8')) as Record<
  string,
  readonly RealAnswer[]
>;
const HOUR_MS = 3_600_000;

let simulator: Simulator;
let account: SimulatedAccount;

beforeAll(async () => {
  simulator = await startSimulator();
  const { world } = simulator;
  account = world.addAccount('answersKey', 'answersSecret');
  const time = world.now() - HOUR_MS;
  account.deposit('USDT', '10000', { time });
  account.deposit('ETH', '1.5', { time, wallet: 'FUND' });
  account.withdraw('USDT', '9', { time, fee: '1' });
  account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.1', price: '60000', time });
  account.deposit('XRP', '1.02', { time });
  account.subscribe('USDT', '75.46');
  account.accrue('USDT', '0.00687654', { time });
  account.lock('USDT', '100');
  account.convert({ from: 'USDT', amount: '20', to: 'BNB', time });
  account.sweepDust(['XRP'], { time });
  account.receive('BHFT', '10', { time });
  account.move('USDT', '1', 'UNIFIED', 'FUND');
  world.addMarket('EOS', 'ETH', '0.0002');
  world.delist('EOSETH');
});
afterAll(async () => {
  await simulator.stop();
});

const recently = () => ({ startTime: simulator.world.now() - 9 * HOUR_MS, endTime: simulator.world.now() });

/** Fields of exchangeInfo that the recording of 2025 did not have yet. */
const SINCE_2025 = ['opoAllowed', 'pegInstructionsAllowed'].map((name) => `$.symbols[].${name}`);
const NEW_FILTERS = ['MAX_NUM_ORDER_LISTS', 'MAX_NUM_ORDER_AMENDS'].map(
  (name) => `$.symbols[].filters.${name}`,
);
/** Fields that rows of 2021 did not have yet. */
const SINCE_2021 = ['info', 'confirmNo', 'walletType', 'txKey', 'completeTime'].map((name) => `$[].${name}`);
const CONVERTED_LIVE = ['$.list[].orderType', '$.list[].side'];

/** The answer's number in the fixture, the parameters, and what may differ. */
const CASES: readonly [string, number, Values | (() => Values), string[]][] = [
  ['GET /api/v3/time', 0, {}, []],
  ['GET /api/v3/exchangeInfo', 0, {}, [...SINCE_2025, ...NEW_FILTERS]],
  // That project had emptied the limits.
  ['GET /api/v3/exchangeInfo', 1, {}, ['$.rateLimits[]']],
  ['GET /api/v3/ticker/24hr', 0, {}, []],
  ['GET /api/v3/ticker/24hr', 1, { symbol: 'BTCUSDT' }, []],
  ['GET /api/v3/ticker/price', 0, { symbol: 'BTCUSDT' }, []],
  ['GET /api/v3/klines', 0, { symbol: 'BTCUSDT', interval: '1m' }, []],
  ['GET /api/v3/klines', 1, { symbol: 'BTCUSDT', interval: '1h' }, []],
  ['GET /api/v3/account', 0, {}, []],
  ['GET /api/v3/account', 1, {}, []],
  ['GET /api/v3/myTrades', 0, { symbol: 'BTCUSDT' }, []],
  ['GET /api/v3/myTrades', 1, { symbol: 'BTCUSDT' }, []],
  ['POST /sapi/v1/asset/get-funding-asset', 0, {}, []],
  ['POST /sapi/v3/asset/getUserAsset', 0, {}, []],
  // Its names are the tiers themselves; that their values are numbers is tested below.
  ['GET /sapi/v1/simple-earn/flexible/position', 0, {}, ['$.rows[].tierAnnualPercentageRate']],
  ['GET /sapi/v1/simple-earn/locked/position', 0, {}, []],
  ['GET /sapi/v1/simple-earn/flexible/history/rewardsRecord', 0, { type: 'REALTIME' }, []],
  ['GET /sapi/v1/capital/deposit/hisrec', 0, {}, []],
  ['GET /sapi/v1/capital/deposit/hisrec', 1, {}, ['$[].completeTime', '$[].travelRuleStatus']],
  ['GET /sapi/v1/capital/withdraw/history', 0, {}, []],
  ['GET /sapi/v1/capital/withdraw/history', 1, {}, []],
  ['GET /sapi/v1/capital/withdraw/history', 2, {}, ['$[].addressTag', ...SINCE_2021]],
  ['GET /sapi/v1/asset/dribblet', 0, {}, ['$.userAssetDribblets[].userAssetDribbletDetails[].targetAsset']],
  ['GET /sapi/v1/asset/dribblet', 1, {}, []],
  ['GET /sapi/v1/asset/dribblet', 2, {}, ['$.targetAsset']],
  ['GET /sapi/v1/asset/assetDividend', 0, {}, []],
  ['GET /sapi/v1/convert/tradeFlow', 0, recently, CONVERTED_LIVE],
  ['GET /sapi/v1/convert/tradeFlow', 1, recently, []],
  ['GET /sapi/v1/asset/transfer', 0, { type: 'MAIN_FUNDING' }, []],
  ['GET /sapi/v1/account/apiRestrictions', 0, {}, []],
];

test.each(CASES)(
  '%s answers as the real one does, by answer %i',
  async (endpoint, index, values, allowed) => {
    const real = REAL[endpoint]?.[index];
    if (!real) throw new Error('no such answer in the fixture');
    const path = endpoint.split(' ')[1] ?? '';
    const asked = typeof values === 'function' ? values() : values;
    const isPublic = /time|exchangeInfo|ticker|klines/.test(path);
    const { status, body } = await askBinance(simulator, path, asked, isPublic ? undefined : account);
    expect(status).toBe(200);
    const answer = (real.part ?? []).reduce(memberOf, body);
    const simulated = real.kind === 'recorded-numbers-stringified' ? quoted(answer) : answer;
    expect(differencesOfShape(byFilterType(real.body), byFilterType(simulated), allowed)).toEqual([]);
  },
);

describe('what the comparison cannot tell', () => {
  test('the rates of earn tiers are numbers', async () => {
    const { body } = await askBinance(simulator, '/sapi/v1/simple-earn/flexible/position', {}, account);
    const [row] = (body as { rows: { tierAnnualPercentageRate: object }[] }).rows;
    expect(Object.values(row?.tierAnnualPercentageRate ?? {})).toEqual([expect.any(Number)]);
  });

  test('a conversion carries an id beyond 2^53 as bare digits', async () => {
    const { text } = await askBinance(simulator, '/sapi/v1/convert/tradeFlow', recently(), account);
    expect(text).toMatch(/"orderId":94070840746\d{7},/);
  });

  test.each([2, 3])('a window without conversions is answered to the letter as answer %i', async (index) => {
    const real = REAL['GET /sapi/v1/convert/tradeFlow']?.[index]?.body as Record<string, number>;
    const { startTime = 0, endTime = 0, limit = 0 } = real;
    const asked = { startTime, endTime, limit };
    const { body } = await askBinance(simulator, '/sapi/v1/convert/tradeFlow', asked, account);
    expect(body).toEqual(real);
  });

  test('every endpoint of the fixture is compared', () => {
    const endpoints = Object.keys(REAL).filter((name) => /^(GET|POST) /.test(name));
    expect([...new Set(CASES.map(([endpoint]) => endpoint))].sort()).toEqual(endpoints.sort());
  });
});

const memberOf = (value: unknown, name: string): unknown => (value as Record<string, unknown>)[name];

/** As the recorder's ccxt turned numbers into texts. */
const quoted = (answer: unknown): unknown =>
  JSON.parse(
    JSON.stringify(answer, (_name, value: unknown) => (typeof value === 'number' ? `${value}` : value)),
  );

/** Filters are of several shapes, told by their type. */
const byFilterType = (body: unknown): unknown =>
  JSON.parse(JSON.stringify(body), (name, value: unknown) =>
    name === 'filters'
      ? Object.fromEntries((value as { filterType: string }[]).map((filter) => [filter.filterType, filter]))
      : value,
  );
