import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { RequestFailure } from '../../src/client/answer.js';
import { type RetryOptions, withRetries } from '../../src/client/retry.js';
import type { FaultKind } from '../simulator/faults.js';
import { type ClientStage, idsOf, lastCursor, openClient, readPages } from '../support/client.js';

const KEY_RIGHTS = '/v5/user/query-api';
const TIME = '/v5/market/time';
const HOUR_MS = 3_600_000;

let stage: ClientStage;

beforeEach(async () => {
  stage = await openClient();
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await stage.end();
});

const fail = (fault: FaultKind, times: number) => {
  stage.simulator.faults.add({ ...fault, path: KEY_RIGHTS, times });
};
const refusal = (code: number, headers?: Record<string, string>): FaultKind => ({
  kind: 'retCode',
  code,
  message: 'no',
  ...(headers ? { headers } : {}),
});
/** The waits that were announced, in ms. */
const waits = () =>
  stage.said.flatMap((text) => /trying again in (\d+) ms/.exec(text)?.[1] ?? []).map((ms) => Number(ms));

const PASSING: readonly (readonly [string, FaultKind])[] = [
  ['a broken connection', { kind: 'reset' }],
  ['a body that breaks off', { kind: 'resetBody' }],
  ...[408, 429, 500, 502, 503, 504].map((status) => [`HTTP ${status}`, { kind: 'status', status }] as const),
  ...[10000, 10006, 10016, 10018].map((code) => [`the code ${code}`, refusal(code)] as const),
];
const NO_ANSWER: readonly (readonly [string, FaultKind])[] = [
  ['HTML that is called a success', { kind: 'body', body: '<html></html>' }],
  ['an answer without an envelope', { kind: 'body', body: '{}' }],
];

describe('what passes by itself', () => {
  test.each([...PASSING, ...NO_ANSWER])('%s once is not noticed', async (_title, fault) => {
    fail(fault, 1);
    await expect(stage.client.readKeyRights()).resolves.toMatchObject({ readOnly: true });
    expect(stage.asked(KEY_RIGHTS)).toBe(2);
  });

  test.each(PASSING)('%s five times is an outage', async (_title, fault) => {
    fail(fault, 99);
    await expect(stage.client.readKeyRights()).rejects.toMatchObject({ kind: 'exchange-unavailable' });
    expect(stage.asked(KEY_RIGHTS)).toBe(5);
  });

  test.each(NO_ANSWER)('%s five times is refused by a guard', async (_title, fault) => {
    fail(fault, 99);
    await expect(stage.client.readKeyRights()).rejects.toMatchObject({ kind: 'guard' });
    expect(stage.asked(KEY_RIGHTS)).toBe(5);
  });

  test('what lasts so long that a second time would not end before the deadline is not tried again', async () => {
    let calls = 0;
    const options: RetryOptions = {
      judge: () => 'retryable',
      resyncClock: () => Promise.resolve(),
      signal: new AbortController().signal,
      deadline: Date.now() + 3_900,
      log: () => undefined,
    };
    const request = async () => {
      calls += 1;
      await new Promise((resolve) => setTimeout(resolve, 500));
      throw new RequestFailure('x');
    };
    await expect(withRetries(options, request)).rejects.toThrow('x');
    expect(calls).toBe(1);
  });
});

describe('what does not pass', () => {
  const HTML = '<html><body>The Amazon CloudFront distribution is configured to block access</body></html>';

  test.each([
    ...[10003, 10004, 10005, 10009, 10010, 10024, 10028, 33004].map((code) => [
      `the code ${code}`,
      refusal(code),
      'credentials',
    ]),
    ...[401, 403, 451].map((status) => [
      `HTTP ${status} with a page of HTML`,
      { kind: 'status', status, body: HTML },
      'credentials',
    ]),
    ['HTTP 403 with JSON', { kind: 'status', status: 403, body: '{"message":"Forbidden"}' }, 'credentials'],
    ['HTTP 404', { kind: 'status', status: 404 }, 'exchange-unavailable'],
    ['a code nobody knows', refusal(99999), 'exchange-unavailable'],
  ] as [string, FaultKind, string][])('%s is asked once and said with a fix', async (_title, fault, kind) => {
    fail(fault, 99);
    await expect(stage.client.readKeyRights()).rejects.toMatchObject({
      kind,
      fix: expect.any(String) as unknown,
    });
    expect(stage.asked(KEY_RIGHTS)).toBe(1);
    expect(waits()).toEqual([]);
  });
});

describe('how long is waited', () => {
  test('Retry-After: that long', async () => {
    fail({ kind: 'status', status: 429, headers: { 'Retry-After': '1' } }, 1);
    const begin = performance.now();
    await stage.client.readKeyRights();
    expect(performance.now() - begin).toBeGreaterThanOrEqual(990);
    expect(waits()).toEqual([1000]);
  });

  test.each([
    ['', 0],
    [' by the clock of the exchange, whatever ours says', 3_600_000],
  ])('the end of a rate limit: until then%s', async (_title, offset) => {
    const { world } = stage.simulator;
    world.advance(offset);
    fail(refusal(10006, { 'X-Bapi-Limit-Reset-Timestamp': String(world.now() + 700) }), 1);
    await stage.client.readKeyRights();
    const [wait = 0] = waits();
    expect(wait).toBeGreaterThan(600);
    // The date of an answer has no fractions of a second.
    expect(wait).toBeLessThanOrEqual(1700);
  });

  test('the end of a rate limit that is over already asks for no hurry', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.05);
    fail(refusal(10006, { 'X-Bapi-Limit-Reset-Timestamp': String(Date.now() - 1000) }), 2);
    await stage.client.readKeyRights();
    expect(waits()).toEqual([50, 100]);
  });

  test.each([
    ['Retry-After', { 'Retry-After': '10' }],
    ['a date', { 'Retry-After': new Date(Date.now() + 3_600_000).toUTCString() }],
    ['the end of a rate limit', { 'X-Bapi-Limit-Reset-Timestamp': String(Date.now() + 3_600_000) }],
  ])('%s beyond the deadline of the run: not at all', async (_title, headers) => {
    await stage.end();
    stage = await openClient({ deadlineMs: 9_000 });
    fail({ kind: 'status', status: 429, headers }, 99);
    const begin = performance.now();
    await expect(stage.client.readKeyRights()).rejects.toMatchObject({ kind: 'exchange-unavailable' });
    expect(performance.now() - begin).toBeLessThan(2_000);
    expect(stage.asked(KEY_RIGHTS)).toBe(1);
  });
});

describe('a clock that is off', () => {
  test('is set once by the exchange, for every request after it', async () => {
    stage.simulator.world.advance(-60_000);
    await stage.client.readKeyRights();
    await stage.client.readWallets();
    expect(stage.asked(TIME)).toBe(1);
    expect(stage.asked(KEY_RIGHTS)).toBe(2);
    expect(stage.said).toEqual([expect.stringMatching(/the clock of Bybit differs by -(60|59)\d{3} ms/)]);
  });

  test.each([
    ['ahead of', -2 * HOUR_MS],
    ['behind', 2 * HOUR_MS],
  ])('%s that of the exchange: a history is read up to the moment of the exchange', async (_how, ms) => {
    const { world } = stage.simulator;
    world.advance(ms);
    stage.account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.1', time: world.now() - HOUR_MS / 4 });
    const pages = await readPages(stage, 'trades', world.now() - 5 * HOUR_MS);
    expect(idsOf(pages)).toHaveLength(1);
    const { completeUntil } = lastCursor(pages);
    expect(Math.abs(completeUntil - world.now())).toBeLessThan(2_000);
  });

  test('that stays off ends the reading with the remedy', async () => {
    fail(refusal(10002), 99);
    await expect(stage.client.readKeyRights()).rejects.toMatchObject({
      kind: 'credentials',
      fix: expect.stringContaining('timedatectl') as unknown,
    });
    expect(stage.asked(TIME)).toBe(1);
    expect(stage.asked(KEY_RIGHTS)).toBe(2);
  });
});
