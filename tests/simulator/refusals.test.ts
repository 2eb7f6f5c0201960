import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askBybit, type Signing } from '../support/ask-bybit.js';
import { KEY, SECRET } from '../support/stage.js';
import type { SimulatedAccount } from './account.js';
import { differences } from './differences.js';
import { type Simulator, startSimulator } from './simulator.js';

interface RealRefusal {
  readonly status: number;
  readonly contentType: string;
  readonly body: { readonly retCode: number; readonly retMsg: string };
}

const { errors } = JSON.parse(
  readFileSync(join(process.cwd(), 'tests/fixtures/bybit-responses.json'), 'utf8'),
) as { errors: Readonly<Record<string, RealRefusal>> };

const WALLET = '/v5/account/wallet-balance';
const QUERY = 'accountType=UNIFIED';
const SIGNED: Signing = { apiKey: KEY, secret: SECRET };

let simulator: Simulator;
let account: SimulatedAccount;

beforeEach(async () => {
  simulator = await startSimulator();
  account = simulator.world.addAccount(KEY, SECRET);
});
afterEach(async () => {
  await simulator.stop();
});

const ask = (signing: Signing | undefined = SIGNED, query = QUERY) =>
  askBybit(simulator, WALLET, query, signing);

/** A recorded refusal, what provokes it, and its words: Bybit fills in what the request said. */
const REFUSALS: readonly {
  readonly real: string;
  readonly provoke: () => ReturnType<typeof askBybit>;
  readonly words?: RegExp;
}[] = [
  {
    real: '10001_missing_auth_headers',
    provoke: () => askBybit(simulator, WALLET, QUERY, undefined),
    words: /^empty value: apiTimestamp\[\] apiKey\[\] apiSignature\[\]: openapi sign params error!$/,
  },
  {
    real: '10002_timestamp',
    provoke: () => ask({ ...SIGNED, timestamp: simulator.world.now() + 60_000 }),
    words:
      /^invalid request, please check your server timestamp or recv_window param\. req_timestamp\[\d{13}\],server_timestamp\[\d{13}\],recv_window\[5000\]$/,
  },
  { real: '10003_invalid_key', provoke: () => ask({ ...SIGNED, apiKey: 'unknownKey' }) },
  {
    real: '10004_bad_sign',
    provoke: () => ask({ ...SIGNED, secret: 'another' }),
    // The wording of 2026; the recorded one of 2025 is shorter.
    words:
      /^Error sign, please check your signature generation algorithm: origin_string\[\d{13}canaryKey01234567895000accountType=UNIFIED\]$/,
  },
  { real: '10005_permission', provoke: () => ((account.permissions = {}), ask()) },
  {
    real: '10006_rate_limit',
    provoke: () => {
      const message = 'Too many visits. Exceeded the API Rate Limit.';
      simulator.faults.add({ kind: 'retCode', code: 10006, message });
      return ask();
    },
  },
  { real: '10010_ip_not_whitelisted', provoke: () => ((account.ips = ['203.0.113.7']), ask()) },
  {
    real: '10016_request_timeout',
    provoke: () => {
      simulator.faults.add({
        kind: 'retCode',
        code: 10016,
        message: 'Request timeout, please try again later',
      });
      return ask();
    },
  },
  {
    real: '131002_interval',
    provoke: () =>
      askBybit(
        simulator,
        '/v5/asset/deposit/query-record',
        `startTime=${simulator.world.now() - 31 * 86_400_000}`,
        SIGNED,
      ),
  },
  { real: '33004_key_expired', provoke: () => ((account.expired = true), ask()) },
];

describe('a refusal has the status, the fields and the words of Bybit', () => {
  test.each(REFUSALS)('$real', async ({ real, provoke, words }) => {
    const { status, contentType, body } = errors[real] ?? {};
    const refusal = await provoke();
    expect(refusal.status).toBe(status);
    expect(refusal.headers.get('content-type')).toContain(contentType);
    expect(differences(body, refusal.body)).toEqual([]);
    expect(refusal.body.retCode).toBe(body?.retCode);
    if (words) expect(refusal.body.retMsg).toMatch(words);
    else expect(refusal.body.retMsg).toBe(body?.retMsg);
    expect(refusal.body.result).toEqual((body as { result?: unknown } | undefined)?.result);
  });

  test('no recorded refusal is left out', () => {
    expect(REFUSALS.map(({ real }) => real).sort()).toEqual(Object.keys(errors).sort());
  });
});

test.each([
  ['answer', {}, 0],
  ['refusal', { secret: 'another' }, 10004],
])('a %s to a key tells the rate limit, whose reset is now', async (_title, more, retCode) => {
  const before = simulator.world.now();
  const { headers, body } = await ask({ ...SIGNED, ...more });
  expect(body.retCode).toBe(retCode);
  expect(headers.get('x-bapi-limit')).toMatch(/^\d+$/);
  expect(headers.get('x-bapi-limit-status')).toMatch(/^\d+$/);
  expect(headers.get('x-bapi-limit-reset-timestamp')).toMatch(/^\d{13}$/);
  expect(Number(headers.get('x-bapi-limit-reset-timestamp'))).toBeGreaterThanOrEqual(before);
});

describe('parameters that Bybit does not take', () => {
  test.each([
    ['a wallet of no unified account', WALLET, 'accountType=SPOT', 'accountType only support UNIFIED.'],
    [
      'a symbol that is not listed',
      '/v5/market/tickers',
      'category=spot&symbol=XYZ',
      'Not supported symbols',
    ],
    [
      'candles of a symbol that is not listed',
      '/v5/market/kline',
      'category=spot&symbol=XYZ&interval=1',
      'Not supported symbols',
    ],
    ['candles without a category', '/v5/market/kline', 'symbol=BTCUSDT&interval=1', 'params error: category'],
    ['trades without a category', '/v5/execution/list', '', 'params error: category'],
    [
      'a time that is no number',
      '/v5/execution/list',
      'category=spot&startTime=NaN',
      'params error: startTime',
    ],
  ])('%s', async (_title, path, query, message) => {
    const { status, body } = await askBybit(simulator, path, query, SIGNED);
    expect([status, body.retCode, body.retMsg]).toEqual([200, 10001, message]);
  });

  test('a coin that is named comes even at zero, one that is not named does not', async () => {
    account.deposit('BTC', '0.5');
    account.withdraw('BTC', '0.5');
    const named = await ask(SIGNED, `${QUERY}&coin=BTC,ETH`);
    const all = await ask();
    const coins = ({ body }: typeof all) =>
      (body.result['list'] as { coin: { coin: string; walletBalance: string }[] }[])
        .flatMap(({ coin }) => coin)
        .map(({ coin, walletBalance }) => [coin, walletBalance]);
    expect(coins(named)).toEqual([
      ['BTC', '0'],
      ['ETH', '0'],
    ]);
    expect(coins(all)).toEqual([]);
  });
});
