import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { clientFactory } from '../../src/cli/clients.js';
import type { ExchangeClient } from '../../src/client/exchange-client.js';
import { EXCHANGES } from '../../src/client/exchanges.js';
import { createPacer } from '../../src/client/pacing.js';
import type { Buckets } from '../../src/client/rate-limits.js';
import { type Account, type AccountId, hostOf } from '../../src/models/account.js';
import { openHostCaches } from '../../src/service/cache.js';
import { type Simulator, startSimulator } from '../simulator/simulator.js';
import { refusal } from '../support/binance-refusal.js';

const MINUTE_MS = 60_000;
const TIME = '/v5/market/time';
const KEY_RIGHTS = '/v5/user/query-api';
const ACCOUNT = '/api/v3/account';

let simulator: Simulator;
/** What a run creates its clients with. */
let create: (id: AccountId, exchange: 'bybit' | 'binance') => Promise<ExchangeClient>;

beforeEach(async () => {
  simulator = await startSimulator();
  jest.spyOn(Math, 'random').mockReturnValue(0);
  create = run(5_000);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await simulator.stop();
});

/** The accounts of one run: each has a key of its own, all have the simulated host, whose clock is known. */
function run(deadlineMs: number, offset = 0): typeof create {
  const factory = clientFactory({ env: {} } as Parameters<typeof clientFactory>[0]);
  const hostCaches = openHostCaches(Date.now());
  const stored = new Map([['clock-offset', { value: offset, expiresAt: Infinity }]]);
  return (id, exchange) => {
    const [apiKey, secret] = [`key of ${id}`.replaceAll(/\W/g, ''), `secretOf${id}`.replaceAll(/\W/g, '')];
    simulator.world.addAccount(apiKey, secret);
    const account: Account = {
      ...{ id, exchange, environment: 'live', baseUrl: simulator.url },
      credentials: { apiKey, secret },
    };
    return factory(account, {
      hostCache: hostCaches(hostOf(account), stored),
      signal: new AbortController().signal,
      deadline: Date.now() + deadlineMs,
      log: () => undefined,
    });
  };
}

/** Limits are counted by the minutes of the exchange, of which 50 s are left: how far its clock is ahead in ms. */
function moveToMinuteBegin(): number {
  const ahead = MINUTE_MS - (simulator.world.now() % MINUTE_MS) + 10_000;
  simulator.world.advance(ahead);
  return ahead;
}

const asked = (path: string): number => simulator.requests.filter((request) => request.path === path).length;

describe('two accounts of one host', () => {
  test('ask for the clock once: what one of them measured is the time of the other', async () => {
    simulator.world.advance(-MINUTE_MS);
    const [first, second] = [await create('bybit/a', 'bybit'), await create('bybit/b', 'bybit')];
    await first.readKeyRights();
    await second.readKeyRights();
    expect(asked(TIME)).toBe(1);
    // Only the first request was refused for its time.
    expect(asked(KEY_RIGHTS)).toBe(3);
  });

  test('both wait if one of them has used up the limit of the address, but not for that of a key', async () => {
    create = run(5_000, moveToMinuteBegin());
    const [first, second] = [await create('binance/a', 'binance'), await create('binance/b', 'binance')];
    simulator.faults.add({ ...refusal(429, -1003), path: ACCOUNT, times: 1 });
    await expect(first.readAccountId()).rejects.toMatchObject({ kind: 'exchange-unavailable' });
    expect(asked(ACCOUNT)).toBe(1);
    await expect(second.readAccountId()).rejects.toMatchObject({
      message: expect.stringContaining('Binance allows no more requests for') as unknown,
    });
    expect(asked(ACCOUNT)).toBe(1);
    await expect(second.readKeyRights()).resolves.toMatchObject({ readOnly: true });
  });

  test('share nothing with a run of its own', async () => {
    const offset = moveToMinuteBegin();
    simulator.faults.add({ ...refusal(429, -1003), path: ACCOUNT, times: 1 });
    const first = await run(5_000, offset)('binance/a', 'binance');
    await expect(first.readAccountId()).rejects.toMatchObject({ kind: 'exchange-unavailable' });
    const later = await run(5_000, offset)('binance/b', 'binance');
    await expect(later.readAccountId()).resolves.toEqual(expect.any(String));
  });
});

describe('the pace of two accounts of one host', () => {
  const binance = EXCHANGES['binance'];
  if (!binance) throw new Error('no spec');
  const [account] = binance.wallets.map(({ endpoint }) => endpoint);
  const withdrawals = binance.streams.withdrawals?.endpoint;
  if (!account || !withdrawals) throw new Error('no endpoints');

  let slept: number[];
  let now: number;
  beforeEach(() => {
    slept = [];
    now = 1_700_000_000_000 - (1_700_000_000_000 % MINUTE_MS);
  });

  /** The pacers of as many accounts. */
  const pacers = (count: number) => {
    const shared: Buckets = new Map();
    return Array.from({ length: count }, () =>
      createPacer(binance, shared, {
        now: () => now,
        sleep: (ms) => {
          slept.push(ms);
          now += ms;
          return Promise.resolve();
        },
        timeLeft: () => Infinity,
        log: () => undefined,
      }),
    );
  };

  test('is within the limit of the address together', async () => {
    for (const pacer of pacers(2)) {
      for (let count = 0; count < 135; count += 1) await pacer.enter(account);
    }
    expect(slept).toEqual([]);
    const [first, second] = pacers(2);
    for (let count = 0; count < 270; count += 1) await first?.enter(account);
    expect(slept).toEqual([]);
    await second?.enter(account);
    expect(slept).toHaveLength(1);
  });

  test('is that of each key where the exchange counts by key', async () => {
    for (const pacer of pacers(2)) {
      for (let count = 0; count < 9; count += 1) await pacer.enter(withdrawals);
    }
    expect(slept).toEqual([]);
  });
});
