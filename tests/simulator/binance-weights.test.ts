import { afterEach, describe, expect, test } from '@jest/globals';
import { askBinance } from '../support/ask-binance.js';
import { type Simulator, startSimulator } from './simulator.js';
import type { WeightOptions } from './binance/weights.js';

const MINUTE_MS = 60_000;
const PRICE = '/api/v3/ticker/price';
const BTC = { symbol: 'BTCUSDT' };

let simulator: Simulator;

afterEach(async () => {
  await simulator.stop();
});

/** At the beginning of a minute, so that no test is cut in two by its end. */
const start = async (options: WeightOptions = {}) => {
  simulator = await startSimulator({ binance: options });
  const { world } = simulator;
  world.advance(MINUTE_MS - (world.now() % MINUTE_MS));
  return { world, account: world.addAccount('weightsKey', 'weightsSecret') };
};

const price = () => askBinance(simulator, PRICE, BTC);
const used = (headers: Headers) => headers.get('x-mbx-used-weight-1m');

describe('weights of /api', () => {
  test.each<[string, Record<string, string>, number]>([
    ['/api/v3/time', {}, 1],
    ['/api/v3/exchangeInfo', {}, 20],
    [PRICE, BTC, 2],
    [PRICE, {}, 4],
    ['/api/v3/ticker/24hr', BTC, 2],
    ['/api/v3/ticker/24hr', { symbols: '["BTCUSDT","ETHUSDT"]' }, 2],
    ['/api/v3/ticker/24hr', { symbols: JSON.stringify(Array(21).fill('BTCUSDT')) }, 40],
    ['/api/v3/ticker/24hr', {}, 80],
    ['/api/v3/klines', { ...BTC, interval: '1m' }, 2],
    ['/api/v3/account', {}, 20],
    ['/api/v3/myTrades', BTC, 20],
    ['/api/v3/myTrades', { ...BTC, orderId: '1' }, 5],
  ])('%s of %j weighs %i, a refused request too', async (path, values, weight) => {
    const { account } = await start();
    const signed = /account|myTrades/.test(path) ? account : undefined;
    const { headers } = await askBinance(simulator, path, values, signed);
    expect([used(headers), headers.get('x-mbx-used-weight')]).toEqual([`${weight}`, `${weight}`]);
  });

  test('add up over a minute in one pool and are told with a failed authentication too', async () => {
    const { world } = await start();
    await price();
    const refused = await askBinance(simulator, '/api/v3/account', {}, { apiKey: 'stranger', secret: 's' });
    expect([refused.status, used(refused.headers)]).toEqual([401, '22']);
    world.advance(MINUTE_MS);
    expect(used((await price()).headers)).toBe('2');
  });

  test('beyond the limit are answered with 429 and the seconds until the minute ends', async () => {
    const { world } = await start({ weightLimit: 4 });
    world.advance(40_000);
    await price();
    expect((await price()).status).toBe(200);
    const refused = await price();
    expect([refused.status, refused.headers.get('retry-after'), used(refused.headers)]).toEqual([
      429,
      '20',
      '6',
    ]);
    expect(refused.body).toEqual({
      code: -1003,
      msg:
        'Too much request weight used; current limit is 4 request weight per 1 MINUTE. ' +
        'Please use WebSocket Streams for live updates to avoid polling the API.',
    });
    world.advance(20_000);
    expect((await price()).status).toBe(200);
  });

  test('one who goes on is banned, and told until when; the next ban is longer', async () => {
    const { world } = await start({ weightLimit: 2, patience: 3 });
    const statuses = async (times: number) => {
      const all: number[] = [];
      for (let index = 0; index < times; index += 1) all.push((await price()).status);
      return all;
    };
    expect(await statuses(6)).toEqual([200, 429, 429, 429, 418, 418]);
    const { body, headers } = await askBinance(simulator, '/sapi/v1/account/apiRestrictions');
    const until =
      /^Way too much request weight used; IP banned until (\d{13})\. Please use WebSocket Streams/;
    const end = Number(until.exec((body as { msg: string }).msg)?.[1]);
    const seconds = Math.ceil((end - world.now()) / 1000);
    expect(seconds).toBe(120);
    expect(Number(headers.get('retry-after'))).toBe(seconds);
    world.advance(120_000);
    expect(await statuses(5)).toEqual([200, 429, 429, 429, 418]);
    world.advance(180_000);
    expect((await price()).status).toBe(418);
    world.advance(60_000);
    expect((await price()).status).toBe(200);
  });

  test('one who waits is not banned, however often it is refused', async () => {
    const { world } = await start({ weightLimit: 2, patience: 1 });
    for (let minute = 0; minute < 5; minute += 1) {
      expect([(await price()).status, (await price()).status]).toEqual([200, 429]);
      world.advance(MINUTE_MS);
    }
  });

  test('Retry-After can be the 0 that was seen live', async () => {
    await start({ weightLimit: 1, retryAfter: 'zero' });
    expect((await price()).headers.get('retry-after')).toBe('0');
  });
});

describe('weights of /sapi', () => {
  test('are counted for each path, by address or by user', async () => {
    const { account } = await start();
    const ask = (path: string) => askBinance(simulator, path, {}, account);
    await ask('/sapi/v1/simple-earn/flexible/position');
    const earn = await ask('/sapi/v1/simple-earn/flexible/position');
    expect(earn.headers.get('x-sapi-used-ip-weight-1m')).toBe('300');
    expect(used(earn.headers)).toBeNull();
    const withdrawals = await ask('/sapi/v1/capital/withdraw/history');
    expect(withdrawals.headers.get('x-sapi-used-uid-weight-1m')).toBe('18000');
  });

  test.each([
    ['/sapi/v1/capital/withdraw/history', 10],
    ['/sapi/v1/convert/tradeFlow', 60],
    ['/sapi/v1/simple-earn/locked/position', 80],
  ])('%s can be asked %i times a minute, whatever other paths were asked', async (path, times) => {
    const { world, account } = await start();
    const values = { startTime: world.now(), endTime: world.now() };
    const ask = (asked: string) => askBinance(simulator, asked, values, account);
    for (let index = 0; index < times; index += 1) expect((await ask(path)).status).toBe(200);
    expect(await ask(path)).toMatchObject({
      status: 429,
      body: { code: -1003, msg: 'Too many requests; current request has limited.' },
    });
    for (const other of ['/sapi/v1/asset/assetDividend', '/sapi/v1/capital/deposit/hisrec'])
      expect((await ask(other)).status).toBe(200);
    expect((await price()).status).toBe(200);
  });

  test('of one user do not draw on the budget of another path', async () => {
    const { world, account } = await start();
    const values = { startTime: world.now(), endTime: world.now() };
    for (let index = 0; index < 10; index += 1)
      await askBinance(simulator, '/sapi/v1/capital/withdraw/history', values, account);
    const { headers } = await askBinance(simulator, '/sapi/v1/convert/tradeFlow', values, account);
    expect(headers.get('x-sapi-used-uid-weight-1m')).toBe('3000');
  });
});
