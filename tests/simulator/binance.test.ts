import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { askBinance, send, sign, type Values } from '../support/ask-binance.js';
import type { SimulatedAccount } from './account.js';
import { type Simulator, startSimulator } from './simulator.js';

const ACCOUNT = '/api/v3/account';
const TRADES = '/api/v3/myTrades';
const DEPOSITS = '/sapi/v1/capital/deposit/hisrec';

/** From the section on signed endpoints of Binance's documentation of its REST interface. */
const DOCUMENTED = {
  apiKey: 'vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A',
  secret: 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j',
  payload:
    'symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559',
  signature: 'c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71',
};

let simulator: Simulator;
let account: SimulatedAccount;

beforeEach(async () => {
  simulator = await startSimulator();
  account = simulator.world.addAccount(DOCUMENTED.apiKey, DOCUMENTED.secret);
});
afterEach(async () => {
  await simulator.stop();
});

const query = (more = '', shift = 0) => `timestamp=${simulator.world.now() + shift}${more}`;
const signed = (payload: string) => `${payload}&signature=${sign(payload, account.secret)}`;
const refusal = (status: number, code: number, msg: unknown) => ({ status, body: { code, msg } });

describe('the signature', () => {
  test('is that of the documentation', async () => {
    expect(sign(DOCUMENTED.payload, DOCUMENTED.secret)).toBe(DOCUMENTED.signature);
    simulator.world.advance(1_499_827_319_559 - simulator.world.now());
    const documented = `${DOCUMENTED.payload}&signature=${DOCUMENTED.signature}`;
    // /sapi takes any name, as an order's are.
    const { status } = await send(simulator, 'GET', DEPOSITS, documented, account.apiKey);
    expect(status).toBe(200);
    const changed = documented.replace('quantity=1', 'quantity=2');
    expect(await send(simulator, 'GET', DEPOSITS, changed, account.apiKey)).toMatchObject(
      refusal(400, -1022, 'Signature for this request is not valid.'),
    );
  });

  test('is taken over the query as it was sent, in any order and in capitals too', async () => {
    const payload = `recvWindow=5000&coin=%5BA%5D&${query()}`;
    const signature = sign(payload, account.secret).toUpperCase();
    const first = await send(simulator, 'GET', DEPOSITS, `${payload}&signature=${signature}`, account.apiKey);
    expect(first.status).toBe(200);
    const decoded = decodeURIComponent(payload);
    const other = `${payload}&signature=${sign(decoded, account.secret)}`;
    expect((await send(simulator, 'GET', DEPOSITS, other, account.apiKey)).body).toMatchObject({
      code: -1022,
    });
  });

  test('covers query and body of a POST', async () => {
    const [first, second] = [query(), 'asset=BTC&recvWindow=9000'];
    const response = await fetch(`${simulator.url}/sapi/v1/asset/get-funding-asset?${first}`, {
      method: 'POST',
      headers: { 'X-MBX-APIKEY': account.apiKey, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: `${second}&signature=${sign(first + second, account.secret)}`,
    });
    expect([response.status, await response.json()]).toEqual([200, []]);
  });
});

describe('a refused request', () => {
  const RECORDED = JSON.parse(readFileSync('tests/fixtures/binance-responses.json', 'utf8')) as {
    errors: readonly { status: number; body?: { code: number; msg: string } }[];
  };

  test.each<[string, string, () => string, number, number]>([
    ['a time too far ahead', ACCOUNT, () => signed(query('', 5000)), 400, -1021],
    ['a time outside of the window', ACCOUNT, () => signed(query('', -6000)), 400, -1021],
    ['a wrong signature', ACCOUNT, () => `${query()}&signature=${'a'.repeat(64)}`, 400, -1022],
    ['a signature of other characters', ACCOUNT, () => `${query()}&signature=x`, 400, -1100],
    ['a trade without a symbol', TRADES, () => signed(query()), 400, -1102],
    ['an unknown symbol', TRADES, () => signed(query('&symbol=NOPE')), 400, -1121],
    [
      'more than a day of trades',
      TRADES,
      () => signed(query('&symbol=BTCUSDT&startTime=0&endTime=86400001')),
      400,
      -1127,
    ],
    ['an id with a time', TRADES, () => signed(query('&symbol=BTCUSDT&fromId=1&startTime=1')), 400, -1128],
    ['more than 90 days of deposits', DEPOSITS, () => signed(query('&startTime=0')), 400, -4047],
  ])('%s is refused in the exchange’s words', async (_title, path, given, status, code) => {
    const answer = await send(simulator, 'GET', path, given(), account.apiKey);
    const told = RECORDED.errors.filter(({ body }) => body?.code === code).map(({ body }) => body);
    expect(answer.status).toBe(status);
    expect(told).toContainEqual(answer.body);
  });

  test.each<[string, Values, number, string]>([
    ['a window beyond a minute', { recvWindow: 60_001 }, -1131, 'recvWindow must be less than 60000'],
    [
      'an unknown name',
      { symbl: 'BTCUSDT' },
      -1104,
      "Not all sent parameters were read; read '2' parameter(s) but was sent '3'.",
    ],
    [
      'a number that is none',
      { symbol: 'BTCUSDT', limit: 'ten' },
      -1100,
      "Illegal characters found in parameter 'limit'; legal range is '^[0-9]{1,20}$'.",
    ],
    [
      'a symbol in small letters',
      { symbol: 'btcusdt' },
      -1100,
      "Illegal characters found in parameter 'symbol'; legal range is '^[A-Z0-9-_.]{1,20}$'.",
    ],
  ])('%s is refused', async (_title, values, code, msg) => {
    expect(await askBinance(simulator, TRADES, values, account)).toMatchObject(refusal(400, code, msg));
  });

  test.each<[string, (account: SimulatedAccount) => void]>([
    ['expired', (key) => (key.expired = true)],
    ['used from another address', (key) => (key.ips = ['203.0.113.7'])],
    ['without a right', (key) => (key.permissions = {})],
  ])('a key that is %s is refused with -2015 everywhere', async (_title, change) => {
    change(account);
    for (const path of [ACCOUNT, DEPOSITS])
      expect(await askBinance(simulator, path, {}, account)).toMatchObject(
        refusal(401, -2015, 'Invalid API-key, IP, or permissions for action.'),
      );
  });

  test('a key that is unknown has another code on /sapi, and one that is missing another again', async () => {
    const stranger = { apiKey: 'stranger', secret: 's' };
    expect(await askBinance(simulator, ACCOUNT, {}, stranger)).toMatchObject(
      refusal(401, -2015, expect.any(String)),
    );
    expect(await askBinance(simulator, DEPOSITS, {}, stranger)).toMatchObject(
      refusal(400, -2008, 'Invalid Api-Key ID.'),
    );
    expect(await send(simulator, 'GET', ACCOUNT, signed(query()))).toMatchObject(
      refusal(401, -2014, 'API-key format invalid.'),
    );
  });

  test('writing is refused loudly, what is not there with an empty 404', async () => {
    expect((await send(simulator, 'POST', ACCOUNT, signed(query()), account.apiKey)).status).toBe(405);
    expect(await send(simulator, 'GET', '/api/v3/nothing', '')).toMatchObject({ status: 404, text: '' });
  });
});

test('the testnet has no /sapi', async () => {
  const testnet = await startSimulator({ world: simulator.world, binance: { testnet: true } });
  try {
    expect(await askBinance(testnet, DEPOSITS, {}, account)).toMatchObject({ status: 404, text: '' });
    expect((await askBinance(testnet, ACCOUNT, {}, account)).status).toBe(200);
  } finally {
    await testnet.stop();
  }
});

test('the key tells its rights', async () => {
  account.readOnly = 0;
  account.permissions = { Spot: ['SpotTrade'], Wallet: ['Withdraw'] };
  const { body } = await askBinance(simulator, '/sapi/v1/account/apiRestrictions', {}, account);
  expect(body).toMatchObject({
    ipRestrict: true,
    enableReading: true,
    enableWithdrawals: true,
    enableSpotAndMarginTrading: true,
    permitsUniversalTransfer: false,
  });
});
