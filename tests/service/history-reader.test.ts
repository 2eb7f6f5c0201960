import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { ExchangeClient } from '../../src/client/exchange-client.js';
import type { Stream } from '../../src/models/events.js';
import type { AccountSession } from '../../src/service/account-session.js';
import { EMPTY_ACCOUNT } from '../../src/service/account-state.js';
import { openCache } from '../../src/service/cache.js';
import { HistoryReader } from '../../src/service/history-reader.js';
import { KnownParts } from '../../src/service/known-parts.js';
import { Parts } from '../../src/service/parts.js';
import { type ClientStage, openClient } from '../support/client.js';

const HOUR_MS = 3_600_000;
const LATENCY_MS = 20;
/** Longer than the client keeps the requests of four streams apart. */
const DELAY_MS = 700;
const PATHS = {
  trades: '/v5/execution/list',
  deposits: '/v5/asset/deposit/query-record',
  withdrawals: '/v5/asset/withdraw/query-record',
  'deposits:internal': '/v5/asset/deposit/query-internal-record',
  converts: '/v5/asset/exchange/query-convert-history',
} as const;
const STREAMS = Object.keys(PATHS) as Stream[];

let stage: ClientStage;
/** The paths of requests that have begun and ended, in that order. */
const steps: { readonly path: string; readonly ends: boolean }[] = [];

beforeEach(async () => {
  stage = await openClient({
    simulator: {
      latencyMs: LATENCY_MS,
      onAnswer: ({ path }) => steps.push({ path, ends: true }),
    },
  });
  const { requests } = stage.simulator;
  const push = requests.push.bind(requests);
  jest.spyOn(requests, 'push').mockImplementation((...added) => {
    steps.push(...added.map(({ path }) => ({ path, ends: false })));
    return push(...added);
  });
  // As a run does before it reads streams.
  await stage.client.readMarkets();
  requests.length = 0;
  steps.length = 0;
  const now = stage.simulator.world.now();
  stage.account.deposit('USDT', '10000', { time: now - 9 * HOUR_MS });
  stage.account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.1', time: now - 7 * HOUR_MS });
  stage.account.withdraw('USDT', '5', { time: now - 6 * HOUR_MS });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await stage.end();
});

/** Reads the streams of an account that was never synced, in a dry run, which stores nothing. */
async function readStreams(client: ExchangeClient = stage.client) {
  const [signal, redact] = [new AbortController().signal, (text: string) => text];
  const known = new KnownParts(openCache(new Map(), Date.now()), 'host key', Date.now());
  const key = { hash: 'key', rights: undefined, fresh: true, accountId: undefined };
  const parts = new Parts({ client, key, known, gaps: [], signal, redact });
  const reader = new HistoryReader({
    ...{ client, parts, stored: EMPTY_ACCOUNT, account: { id: 'bybit' } },
    context: {
      ...{ signal, dryRun: true, nothingStored: true, since: Date.now() - 24 * HOUR_MS },
      progress: { planned: () => undefined, read: () => undefined, found: () => undefined },
    },
  } as unknown as AccountSession);
  await reader.read(STREAMS);
  const { cursors, pending } = await reader.history();
  return {
    order: cursors.map(({ stream }) => stream),
    events: pending.fresh.map(({ source, id }) => `${source} ${id}`).toSorted(),
    missing: parts.missing().map(({ part, status }) => `${part} ${status}`),
  };
}

const delay = (path: string) => {
  stage.simulator.faults.add({ kind: 'delay', ms: DELAY_MS, path, times: 99 });
};

function maxAtOnce(): number {
  let [running, most] = [0, 0];
  for (const { ends } of steps) {
    running += ends ? -1 : 1;
    most = Math.max(most, running);
  }
  return most;
}

test('the first stream is read alone, and the others at most three at a time', async () => {
  for (const path of Object.values(PATHS)) delay(path);
  await readStreams();
  expect(steps.slice(0, 2)).toEqual([
    { path: PATHS.trades, ends: false },
    { path: PATHS.trades, ends: true },
  ]);
  expect(stage.client.maxStreamsAtOnce).toBe(3);
  expect(maxAtOnce()).toBe(3);
});

test('streams of an exchange that counts requests in their order are read one after the other', async () => {
  for (const path of Object.values(PATHS)) delay(path);
  await readStreams({ ...stage.client, maxStreamsAtOnce: 1 });
  expect(maxAtOnce()).toBe(1);
});

test('the result is the same in whatever order the streams end', async () => {
  const inTurn = await readStreams({ ...stage.client, maxStreamsAtOnce: 1 });
  delay(PATHS.deposits);
  const sideBySide = await readStreams();
  expect(inTurn.order).toEqual(STREAMS);
  expect(sideBySide.order).not.toEqual(STREAMS);
  expect(sideBySide.order.toSorted()).toEqual(STREAMS.toSorted());
  expect(sideBySide.events).toEqual(inTurn.events);
  expect(inTurn.events).toHaveLength(3);
  expect([inTurn.missing, sideBySide.missing]).toEqual([[], []]);
});

test.each(['deposits', 'withdrawals', 'converts'] as const)(
  'a refused path of %s costs this stream only, whose cursor stays',
  async (stream) => {
    const whole = await readStreams();
    const path = PATHS[stream];
    stage.simulator.faults.add({ kind: 'retCode', code: 10005, message: 'no', path, times: 99 });
    const { order, events, missing } = await readStreams();
    expect(order.toSorted()).toEqual(STREAMS.filter((one) => one !== stream).toSorted());
    expect(events).toEqual(whole.events.filter((event) => !event.startsWith(`${stream} `)));
    expect(missing).toEqual([`stream:${stream} refused`]);
  },
);

test('if the first stream shows that the key is refused, no other is asked for', async () => {
  const path = PATHS.trades;
  stage.simulator.faults.add({ kind: 'retCode', code: 10003, message: 'no', path, times: 99 });
  await expect(readStreams()).rejects.toMatchObject({ kind: 'credentials' });
  expect(stage.simulator.requests.map((request) => request.path)).toEqual([path]);
});
