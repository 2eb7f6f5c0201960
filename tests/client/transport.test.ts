import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { RequestFailure } from '../../src/client/answer.js';
import { parseExactJson } from '../../src/client/exact-json.js';
import { withRetries } from '../../src/client/retry.js';
import { createTransport, type TransportOptions } from '../../src/client/transport.js';

let server: Server;
let answer: { status?: number; headers?: Record<string, string>; body?: string; stall?: boolean };

beforeEach(async () => {
  answer = { body: '{}' };
  server = createServer((_request, response) => {
    response.writeHead(answer.status ?? 200, answer.headers ?? {});
    if (answer.stall) response.write(answer.body ?? '');
    else response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const ask = (more: Partial<TransportOptions> = {}) =>
  createTransport({
    allowedReads: new Map([['GET /read', 1000]]),
    origin: 'https://api.example.com',
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    errorIn: () => undefined,
    signal: new AbortController().signal,
    onRequest: () => undefined,
    ...more,
  })('https://api.example.com/read?a=1&sign=canarySignature', {
    method: 'GET',
    headers: { 'X-BAPI-SIGN': 'canarySignature' },
  });

describe('the transport', () => {
  test.each([
    ['HTML', { body: '<html></html>' }, /not usable JSON/],
    ['a cut body', { body: '{"a":[1,2' }, /not usable JSON/],
    ['an empty body', { body: '' }, /not usable JSON/],
    ['a bare word', { body: '"ok"' }, /not usable JSON/],
    ['a redirect', { status: 302, headers: { Location: 'http://127.0.0.1:1/' } }, /redirect was refused/],
    ['a 500', { status: 500, body: '{}' }, /HTTP 500/],
  ])('%s is no success', async (_title, given, said) => {
    answer = given;
    await expect(ask()).rejects.toThrow(said);
  });

  test('a redirect is not followed, not even to the host that sent it', async () => {
    const asked: string[] = [];
    server.on('request', ({ url = '' }) => asked.push(url));
    answer = { status: 307, headers: { Location: '/read?again=1' }, body: '{}' };
    await expect(ask()).rejects.toThrow('a redirect was refused');
    expect(asked).toEqual(['/read?a=1&sign=canarySignature']);
  });

  test('a body that does not end is cut off by the deadline over the whole body', async () => {
    answer = { body: '{"a":', stall: true };
    await expect(ask({ timeLimitMs: 200 })).rejects.toThrow(/did not come in time/);
  });

  test('a body beyond the size limit is refused', async () => {
    answer = { body: `[${' '.repeat(5000)}]` };
    await expect(ask()).rejects.toThrow(/larger than 1000/);
  });

  test('an answer of more values than its size may have is refused before it takes memory', async () => {
    answer = { body: `[${'{},'.repeat(99)}{}]` };
    await expect(ask()).rejects.toThrow(/not usable JSON \(more than 63 values\)/);
    answer = { body: `[${'{},'.repeat(60)}{}]` };
    expect(await (await ask()).text()).toBe(answer.body);
  });

  test('a failure holds no address, key or signature', async () => {
    answer = { status: 503 };
    const failure: unknown = await ask().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RequestFailure);
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain('canary');
  });

  test.each([
    ['POST to a read path', 'POST', 'https://api.example.com/read', undefined],
    ['GET of a path that is read by POST', 'GET', 'https://api.example.com/funds', undefined],
    ['PUT to a path that is read by POST', 'PUT', 'https://api.example.com/funds', '{}'],
    ['GET of a path that is not listed', 'GET', 'https://api.example.com/v5/order/create', undefined],
    ['GET with a body', 'GET', 'https://api.example.com/read', '{}'],
    ['a read path of another host', 'GET', 'https://api.example.org/read', undefined],
    ['a read path of a host below it', 'GET', 'https://api.example.com.example.org/read', undefined],
    ['a read path of another port', 'GET', 'https://api.example.com:8443/read', undefined],
    ['a read path without TLS', 'GET', 'http://api.example.com/read', undefined],
    ['a read path with a user', 'GET', 'https://api.example.com@example.org/read', undefined],
    ['a read path with a user before its host', 'GET', 'https://me@api.example.com/read', undefined],
    ['a path that only begins as a read path', 'GET', 'https://api.example.com/read/../order', undefined],
    ['a path that hides its dots', 'GET', 'https://api.example.com/read/%2e%2e/order', undefined],
    ['a path that doubles its slash', 'GET', 'https://api.example.com//read', undefined],
  ])('%s is refused before a byte is sent', async (_title, method, address, body) => {
    let sent = 0;
    server.on('connection', () => (sent += 1));
    const transport = createTransport({
      allowedReads: new Map([
        ['GET /read', 1000],
        ['POST /funds', 1000],
      ]),
      origin: 'https://api.example.com',
      baseUrl: undefined,
      errorIn: () => undefined,
      signal: new AbortController().signal,
      onRequest: () => (sent += 1),
    });
    await expect(transport(address, { method, ...(body === undefined ? {} : { body }) })).rejects.toThrow(
      /refused before sending/,
    );
    expect(sent).toBe(0);
  });
});

describe('exact JSON', () => {
  test('every digit of every number is kept, and strings stay as they are', () => {
    const text =
      '{"a":0.123456789012345678,"b":[1.23e-9,-5,12345678901234567890],"c":"1, 2: 3","d\\"4":true,"e":null}';
    expect(parseExactJson(text)).toEqual({
      a: '0.123456789012345678',
      b: ['1.23e-9', '-5', '12345678901234567890'],
      c: '1, 2: 3',
      'd"4': true,
      e: null,
    });
  });

  test.each(['NaN', '{"a":Infinity}', '{"a":1,}', '[1 2]'])('%s is refused', (text) => {
    expect(() => parseExactJson(text)).toThrow();
  });
});

describe('retries', () => {
  const options = (verdict: 'retryable' | 'permanent' | 'clock', waits: number[] = []) => ({
    judge: () => verdict,
    resyncClock: () => Promise.resolve(),
    signal: new AbortController().signal,
    deadline: Date.now() + 1_000_000,
    log: () => undefined,
    random: () => 1,
    sleep: (ms: number) => Promise.resolve(void waits.push(ms)),
  });
  const failing = (failure: RequestFailure) => {
    const calls = { count: 0 };
    return { calls, request: () => Promise.reject(((calls.count += 1), failure)) };
  };

  test('what passes is tried five times, waiting twice as long each time', async () => {
    const waits: number[] = [];
    const { calls, request } = failing(new RequestFailure('x'));
    await expect(withRetries(options('retryable', waits), request)).rejects.toThrow('x');
    expect(calls.count).toBe(5);
    expect(waits).toEqual([1000, 2000, 4000, 8000]);
  });

  test('Retry-After is honoured', async () => {
    const waits: number[] = [];
    await expect(
      withRetries(options('retryable', waits), failing(new RequestFailure('x', { waitMs: 7000 })).request),
    ).rejects.toThrow();
    expect(waits).toEqual([7000, 7000, 7000, 7000]);
  });

  test('what does not pass is tried once, a clock that is off once more', async () => {
    const permanent = failing(new RequestFailure('x'));
    await expect(withRetries(options('permanent'), permanent.request)).rejects.toThrow();
    expect(permanent.calls.count).toBe(1);
    const clock = failing(new RequestFailure('x'));
    await expect(withRetries(options('clock'), clock.request)).rejects.toThrow();
    expect(clock.calls.count).toBe(2);
  });

  test('nothing is tried that could not end before the deadline', async () => {
    const { calls, request } = failing(new RequestFailure('x'));
    await expect(
      withRetries({ ...options('retryable'), deadline: Date.now() + 500 }, request),
    ).rejects.toThrow();
    expect(calls.count).toBe(1);
  });
});
