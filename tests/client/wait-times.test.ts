import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EXCHANGES } from '../../src/client/exchanges.js';
import { createTransport } from '../../src/client/transport.js';
import { type Simulator, startSimulator } from '../simulator/simulator.js';

const ORIGIN = 'https://api.bybit.com';
const PATH = '/v5/market/time';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(async () => {
  await simulator.stop();
});

const resetIn = (ms: number) => ({ 'X-Bapi-Limit-Reset-Timestamp': String(Date.now() + ms) });

test.each<[title: string, headers: () => Record<string, string>, waitMs: unknown]>([
  ['Retry-After in seconds', () => ({ 'Retry-After': '7' }), 7_000],
  ['Retry-After of 0, which says nothing', () => ({ 'Retry-After': '0' }), undefined],
  [
    'Retry-After as a date',
    () => ({ 'Retry-After': new Date(Date.now() + 9_000).toUTCString() }),
    expect.closeTo(9_000, -4),
  ],
  ['a limit that is reset in 5 s', () => resetIn(5_000), expect.closeTo(5_000, -4)],
  ['a limit that is reset by a clock an hour ahead', () => resetIn(3_600_000), 60_000],
  [
    'a limit that is not exceeded, whose reset is now',
    () => ({ ...resetIn(0), 'X-Bapi-Limit-Status': '119' }),
    undefined,
  ],
  ['a limit that was reset before', () => resetIn(-5_000), undefined],
  ['no such header', () => ({}), undefined],
])('%s says how long to wait', async (_title, headers, waitMs) => {
  simulator.faults.add({ kind: 'status', status: 500, headers: headers() });
  const ask = createTransport({
    allowedReads: new Map([[`GET ${PATH}`, 1000]]),
    origin: ORIGIN,
    baseUrl: simulator.url,
    errorIn: () => undefined,
    limitHeaders: EXCHANGES['bybit']?.limitHeaders,
    signal: new AbortController().signal,
    onRequest: () => undefined,
  });
  const failure: unknown = await ask(`${ORIGIN}${PATH}`, { method: 'GET' }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: 'RequestFailure', status: 500, waitMs });
});
