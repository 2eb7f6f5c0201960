import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { monitored as run } from '../../src/cli/commands/sync-monitoring.js';
import type { SyncOptions } from '../../src/cli/commands/sync-options.js';
import { ExpectedError } from '../../src/errors.js';
import { type PingServer, startPingServer } from '../support/ping-server.js';

const OPTIONS: SyncOptions = { exchange: [], timeout: 60_000, format: 'text' };
/** When a ping that hangs is given up for another try. */
const TRY_LIMIT_MS = 5_000;

let monitor: PingServer;
let monitored: typeof run;

beforeAll(async () => {
  monitor = await startPingServer();
  process.env['EXCHANGE_SYNC_PING_URL'] = monitor.url;
  // The program takes its environment as it is when it starts.
  ({ monitored } = await import('../../src/cli/commands/sync-monitoring.js'));
});
beforeEach(() => {
  monitor.heard.length = 0;
  monitor.answer = { status: 200 };
});
afterAll(() => {
  delete process.env['EXCHANGE_SYNC_PING_URL'];
  monitor.stop();
});

const signals = () => monitor.heard.map(({ signal }) => signal);

test('work begins while the start hangs; its end is told after the start was heard', async () => {
  monitor.answer = { status: undefined };
  const startedAt = Date.now();
  let beganAfter = Infinity;
  const code = await monitored(OPTIONS, async ({ runId }) => {
    beganAfter = Date.now() - startedAt;
    while (monitor.heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    monitor.answer = { status: 200 };
    expect(monitor.heard[0]?.rid).toBe(runId);
    return 3;
  });
  expect(code).toBe(3);
  expect(beganAfter).toBeLessThan(TRY_LIMIT_MS);
  expect(signals()).toEqual(['/start', '/start', '/3']);
});

test('a run that was told to stop does not wait for a start that hangs', async () => {
  monitor.answer = { status: undefined };
  const startedAt = Date.now();
  const stopped = monitored(OPTIONS, async ({ note }) => {
    while (monitor.heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    monitor.answer = { status: 200 };
    note({ stopped: true });
    throw new ExpectedError('terminated', 'stopped by SIGTERM');
  });
  await expect(stopped).rejects.toThrow('stopped by SIGTERM');
  expect(Date.now() - startedAt).toBeLessThan(TRY_LIMIT_MS);
  expect(signals()).toEqual(['/start', '/143']);
});

test('an error that nobody expected is told as 1 and goes on as it was', async () => {
  const bug = new TypeError('a bug');
  await expect(monitored(OPTIONS, () => Promise.reject(bug))).rejects.toBe(bug);
  expect(signals()).toEqual(['/start', '/1']);
});
