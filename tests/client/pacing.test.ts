import { beforeEach, describe, expect, test } from '@jest/globals';
import { EXCHANGES } from '../../src/client/exchanges.js';
import { createPacer, type Pacer } from '../../src/client/pacing.js';
import type { Buckets } from '../../src/client/rate-limits.js';

const MINUTE_MS = 60_000;
const binance = EXCHANGES['binance'];
if (!binance) throw new Error('no spec');
const withdrawals = binance.streams.withdrawals?.endpoint;
const trades = binance.streams.trades?.endpoint;
const [account, funding] = binance.wallets.map(({ endpoint }) => endpoint);
if (!withdrawals || !trades || !account || !funding) throw new Error('no endpoints');

let now: number;
let slept: number[];
let timeLeft: number;
let pacer: Pacer;
let shared: Buckets;

beforeEach(() => {
  now = 1_700_000_000_000 - (1_700_000_000_000 % MINUTE_MS) + 10_000;
  slept = [];
  timeLeft = Infinity;
  shared = new Map();
  pacer = createPacer(binance, shared, {
    now: () => now,
    sleep: (ms) => {
      slept.push(ms);
      now += ms;
      return Promise.resolve();
    },
    timeLeft: () => timeLeft,
    log: () => undefined,
  });
});

const times = async (count: number, endpoint: typeof account) => {
  for (let index = 0; index < count; index += 1) await pacer.enter(endpoint);
};

describe('the pace', () => {
  test('of withdrawals is nine a minute: all windows of nine years wait four times', async () => {
    await times(9, withdrawals);
    expect(slept).toEqual([]);
    await times(1, withdrawals);
    expect(slept).toEqual([50_500]);
    await times(28, withdrawals);
    expect(slept).toHaveLength(4);
    expect(slept.reduce((sum, ms) => sum + ms)).toBeLessThan(4 * MINUTE_MS);
  });

  test('of /api is one for all its paths, and nine tenths of what is allowed', async () => {
    await times(135, account);
    await times(135, trades);
    expect(slept).toEqual([]);
    await times(1, trades);
    expect(slept).toHaveLength(1);
  });

  test('counts what other programs of the address have used, as Binance tells it', async () => {
    pacer.observe(account.path, 200, new Headers({ 'X-MBX-USED-WEIGHT-1M': '5390' }));
    await times(1, trades);
    expect(slept).toHaveLength(1);
    await times(1, funding);
    expect(slept).toHaveLength(1);
  });

  test('begins anew with each minute', async () => {
    await times(9, withdrawals);
    now += MINUTE_MS;
    await times(9, withdrawals);
    expect(slept).toEqual([]);
  });

  test('after a refusal is none for the rest of the minute, whatever Retry-After says', async () => {
    pacer.observe(trades.path, 429, new Headers({ 'Retry-After': '0' }));
    await times(1, trades);
    expect(slept).toEqual([50_500]);
  });

  test('does not wait beyond the end of the run', async () => {
    timeLeft = 30_000;
    pacer.observe(trades.path, 429, new Headers());
    await expect(pacer.enter(trades)).rejects.toMatchObject({
      kind: 'exchange-unavailable',
      message: 'Binance allows no more requests for 51 s, and the run ends before that',
    });
    expect(slept).toEqual([]);
  });
});
