import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { FaultKind } from '../simulator/faults.js';
import { HTML, refusal } from '../support/binance-refusal.js';
import { type ClientOptions, type ClientStage, openBinance, openClient } from '../support/client.js';

const KEY_RIGHTS = '/sapi/v1/account/apiRestrictions';

let stage: ClientStage;

beforeEach(async () => {
  await open();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await stage.end();
});

async function open(options: ClientOptions = {}, opener = openBinance): Promise<void> {
  stage = await opener(options);
  jest.spyOn(Math, 'random').mockReturnValue(0);
}

const fail = (fault: FaultKind, times = 99, path = KEY_RIGHTS) => {
  stage.simulator.faults.add({ ...fault, path, times });
};

describe('too many requests', () => {
  test('are never made: the client slows down before the limit of the minute', async () => {
    await stage.end();
    await open({ deadlineMs: 5_000 });
    await expect(
      (async () => {
        for (let count = 0; count < 12; count += 1) {
          const cursor = stage.client.firstCursor('withdrawals', Date.now() - 1_000);
          for await (const page of stage.client.readHistory(cursor)) expect(page.events).toEqual([]);
        }
      })(),
    ).rejects.toMatchObject({
      kind: 'exchange-unavailable',
      message: expect.stringContaining('no more requests') as unknown,
    });
    expect(stage.asked('/sapi/v1/capital/withdraw/history')).toBeLessThanOrEqual(10);
    expect(stage.asked('/sapi/v1/capital/withdraw/history')).toBeGreaterThan(8);
  });

  test('that were refused are asked again when Retry-After and the minute are over', async () => {
    const { world } = stage.simulator;
    // Two seconds are left of the minute of the exchange.
    const ahead = 58_000 - (world.now() % 60_000);
    world.advance(ahead);
    stage.kept.set('clock-offset', ahead);
    const client = await stage.reopen();
    fail(refusal(429, -1003, 'Too many requests; current request has limited.', { 'Retry-After': '0' }), 1);
    const begin = performance.now();
    await client.readKeyRights();
    expect(performance.now() - begin).toBeGreaterThan(1_500);
    expect(stage.asked(KEY_RIGHTS)).toBe(2);
  });
});

describe('an address that is banned', () => {
  const until = () => stage.simulator.world.now() + 7 * 60_000;
  const ban = (end: number) =>
    refusal(
      418,
      -1003,
      `Way too much request weight used; IP banned until ${end}. Please use WebSocket Streams.`,
    );

  test('is told until when, and nothing more is asked, by this run or a later one', async () => {
    const end = until();
    fail(ban(end), 1);
    const told = {
      kind: 'exchange-unavailable',
      message: expect.stringContaining(new Date(end).toISOString()) as unknown,
    };
    await expect(stage.client.readKeyRights()).rejects.toMatchObject(told);
    await expect(stage.client.readWallets()).rejects.toMatchObject(told);
    const later = await stage.reopen();
    await expect(later.readWallets()).rejects.toMatchObject(told);
    await expect(later.readClockOffset()).rejects.toMatchObject(told);
    expect(stage.simulator.requests).toHaveLength(1);
    expect(stage.kept.get('ban-until')).toBe(end);
    expect(stage.keptFor.get('ban-until')).toBeLessThanOrEqual(7 * 60_000);
  });

  test('until a year that no exchange means is asked again after three days, which is said', async () => {
    const year2286 = 9_999_999_999_999;
    fail(ban(year2286), 1);
    const error: unknown = await stage.client.readKeyRights().catch((caught: unknown) => caught);
    const end = Number(stage.kept.get('ban-until'));
    expect(Math.abs(end - Date.now() - 3 * 86_400_000)).toBeLessThan(5_000);
    expect((error as Error).message).toMatch(
      /^Binance has banned this IP address until 20\d\d-.*Z \(it reported 2286-11-20T17:46:39.999Z, but no ban lasts longer than 3 days\)/,
    );
    await expect(stage.client.readWallets()).rejects.toMatchObject({ kind: 'exchange-unavailable' });
    expect(stage.simulator.requests).toHaveLength(1);
  });

  test.each(['2592000', '999999', '31536000', new Date(9e12).toUTCString()])(
    'and a Retry-After of %s keeps it out for three days at the most',
    async (after) => {
      fail({ kind: 'status', status: 418, body: HTML, headers: { 'Retry-After': after } }, 1);
      await expect(stage.client.readKeyRights()).rejects.toMatchObject({ kind: 'exchange-unavailable' });
      expect(Number(stage.kept.get('ban-until')) - Date.now()).toBeLessThanOrEqual(3 * 86_400_000);
    },
  );

  test.each([Date.now() + 4 * 86_400_000, 9_999_999_999_999, 1e300, 'x'])(
    'that was kept until %s is none',
    async (kept) => {
      stage.kept.set('ban-until', kept);
      await expect(stage.client.readKeyRights()).resolves.toMatchObject({ readOnly: true });
    },
  );

  test('is asked for again once the ban is over', async () => {
    stage.kept.set('ban-until', Date.now() - 1);
    await expect(stage.client.readKeyRights()).resolves.toMatchObject({ readOnly: true });
  });

  test('without a named end stays out as long as Retry-After says, and two minutes at least', async () => {
    for (const [seconds, expected] of [
      ['600', 600_000],
      ['0', 120_000],
    ] as const) {
      stage.kept.clear();
      fail({ kind: 'status', status: 418, body: HTML, headers: { 'Retry-After': seconds } }, 1);
      await expect(stage.client.readKeyRights()).rejects.toMatchObject({ kind: 'exchange-unavailable' });
      expect(Number(stage.kept.get('ban-until')) - Date.now()).toBeGreaterThan(expected - 5_000);
      expect(Number(stage.kept.get('ban-until')) - Date.now()).toBeLessThanOrEqual(expected);
    }
  });

  test.each(['access too frequent', '{"retCode":10006,"retMsg":"access too frequent"}'])(
    'by Bybit with 403 %s stays out for ten minutes; by any other 403 it does not',
    async (body) => {
      await stage.end();
      await open({}, openClient);
      fail({ kind: 'status', status: 403, body: HTML }, 1, '/v5/user/query-api');
      await expect(stage.client.readKeyRights()).rejects.toMatchObject({ kind: 'credentials' });
      await expect(stage.client.readKeyRights()).resolves.toMatchObject({ readOnly: true });
      fail({ kind: 'status', status: 403, body }, 1, '/v5/user/query-api');
      await expect(stage.client.readKeyRights()).rejects.toMatchObject({ kind: 'exchange-unavailable' });
      expect(stage.keptFor.get('ban-until')).toBeGreaterThan(599_000);
      expect(stage.asked('/v5/user/query-api')).toBe(3);
    },
  );
});
