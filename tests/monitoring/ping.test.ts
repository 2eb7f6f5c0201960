import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ping } from '../../src/monitoring/ping.js';
import { PING_TOKEN, type PingServer, startPingServer } from '../support/ping-server.js';

const RUN = '0b0f3e1c-8a4d-4c1a-9d53-2f1f0c2f5a11';

let server: PingServer;

beforeEach(async () => {
  server = await startPingServer();
});
afterEach(() => {
  server.stop();
});

const target = (url = server.url, limitMs = 5_000) => ({
  url: new URL(url),
  runId: RUN,
  limitMs,
});
const end = (exitCode: number) => ({ kind: 'end', exitCode }) as const;
const signals = () => server.heard.map(({ signal }) => signal);

describe('what is said', () => {
  test.each([
    ['a start', { kind: 'start' } as const, '/start'],
    ['a success', end(0), ''],
    ['a partial sync', end(3), '/3'],
    ['a failure', end(77), '/77'],
  ])('%s is the run id and %s, and no more', async (_title, message, signal) => {
    expect(await ping(target(), message)).toBeUndefined();
    expect(server.heard).toEqual([expect.objectContaining({ method: 'GET', signal, rid: RUN, body: '' })]);
    expect(server.heard[0]?.headers).toMatchObject({ 'user-agent': 'exchange-sync' });
  });

  test('goes below an address that ends in a slash, and keeps its own query', async () => {
    await ping(target(`${server.url}/?create=1`), end(1));
    expect(signals()).toEqual(['/1']);
  });
});

describe('a monitor that does not hear', () => {
  test.each([
    ['refuses for now', 500, 'OK', 'HTTP 500', 3],
    ['is asked too much', 429, 'OK', 'HTTP 429', 3],
    ['does not know the check', 404, 'OK', 'HTTP 404', 1],
    ['does not know the check, and calls that a success', 200, 'OK (not found)', 'not found', 1],
    ['lets it pass unheard, and calls that a success', 200, 'OK (rate limited)', 'rate limited', 1],
  ])(
    'because it %s (%d %s) is a reason: %s, after so many tries: %d',
    async (_title, status, text, reason, tries) => {
      server.answer = { status, text };
      expect(await ping(target(), end(0))).toBe(reason);
      expect(signals()).toHaveLength(tries);
    },
  );

  test('and sends elsewhere is not followed: nobody named that address', async () => {
    const elsewhere = await startPingServer();
    server.answer = { status: 307, location: elsewhere.url };
    expect(await ping(target(), end(0))).toBe('HTTP 307');
    expect(elsewhere.heard).toEqual([]);
    elsewhere.stop();
  });

  test('is told by the next try where the first was refused', async () => {
    server.answer = { status: 503 };
    const told = ping(target(), end(0));
    while (server.heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    server.answer = { status: 200 };
    expect(await told).toBeUndefined();
    expect(signals()).toEqual(['', '']);
  });

  test('because it hangs is left within the limit', async () => {
    server.answer = { status: undefined };
    const startedAt = Date.now();
    expect(await ping(target(server.url, 700), end(0))).toBe('no response in time');
    expect(Date.now() - startedAt).toBeLessThan(1_500);
  });

  test('because nobody is there is named by the network, without the address', async () => {
    server.stop();
    const reason = await ping(target(), end(0));
    expect(reason).toBe('ECONNREFUSED');
    expect(reason).not.toContain(PING_TOKEN);
  });

  test('because nobody is there, or it hangs, is a reason with the advice about the network', async () => {
    const networkAdvice = 'HTTPS_PROXY is set but not used. Set NODE_USE_ENV_PROXY=1.';
    const advised = 'HTTPS_PROXY is set but not used. Set NODE_USE_ENV_PROXY=1';
    server.answer = { status: undefined };
    const hangs = await ping({ ...target(server.url, 300), networkAdvice }, end(0));
    expect(hangs).toBe(`no response in time; ${advised}`);
    server.answer = { status: 404 };
    expect(await ping({ ...target(), networkAdvice }, end(0))).toBe('HTTP 404');
    server.stop();
    expect(await ping({ ...target(), networkAdvice }, end(0))).toBe(`ECONNREFUSED; ${advised}`);
  });
});
