import { expect, test } from '@jest/globals';
import { createServer } from 'node:https';
import { type AddressInfo } from 'node:net';
import { selfSigned } from '../support/certificates.js';
import type { CliResult } from '../support/cli.js';
import type { Stage } from '../support/stage.js';
import { askedAt, onSynced, WALLETS } from '../support/synced.js';
import { fault } from './fault.js';

/** What the wait before each try can be at the most: ms. */
const LONGEST_WAITS = [1_000, 2_000, 4_000, 8_000];

let stage: Stage;
let expectKept: () => Promise<void>;

onSynced((opened) => {
  ({ stage, expectKept } = opened);
});

const saying = (code: number, words: RegExp): Partial<CliResult> =>
  ({ code, stderr: expect.stringMatching(words) as unknown }) as Partial<CliResult>;

const waitsBetween = (times: readonly number[]) =>
  times.slice(1).map((time, index) => time - (times[index] ?? 0));

fault(24, async () => {
  for (const status of [403, 451]) {
    stage.simulator.requests.length = 0;
    stage.simulator.faults.add({ kind: 'status', status, times: 99 });
    const said = new RegExp(`HTTP ${status}: .*country or network.*lacks a permission.*Fix: `, 's');
    expect(await stage.run(['sync'])).toMatchObject(saying(77, said));
    expect(stage.simulator.requests).toHaveLength(1);
    stage.simulator.faults.clear();
  }
  await expectKept();
});

fault(
  25,
  async () => {
    stage.simulator.faults.add({ kind: 'status', status: 503, times: 999 });
    expect(await stage.run(['sync'])).toMatchObject(saying(69, /HTTP 503/));
    await expectKept();
    const [path, host, ...others] = new Set(stage.simulator.requests.map((request) => request.path));
    // Whether the host is down is asked once, before anything else is tried.
    expect([host, others]).toEqual(['/v5/market/time', []]);
    expect(askedAt(stage, '/v5/market/time')).toHaveLength(1);
    const first = waitsBetween(askedAt(stage, path ?? ''));
    stage.simulator.faults.clear();

    stage.simulator.faults.add({ kind: 'status', status: 502, path: WALLETS.fund, times: 99 });
    expect(await stage.run(['sync'])).toMatchObject(saying(3, /FUND could not be read .*HTTP 502/));
    const second = waitsBetween(askedAt(stage, WALLETS.fund));
    for (const waits of [first, second]) {
      expect(waits).toHaveLength(4);
      expect(new Set(waits).size).toBe(4);
      expect(Math.max(...waits)).toBeLessThan(10_000);
    }
    // Of waits that are not random, each is the longest.
    const longest = [...LONGEST_WAITS, ...LONGEST_WAITS];
    const early = [...first, ...second].filter((wait, index) => wait < 0.95 * (longest[index] ?? 0));
    expect(early).not.toHaveLength(0);
  },
  300_000,
);

fault(28, async () => {
  stage.simulator.faults.add({ kind: 'reset', times: 99 });
  const { certificate: cert, key } = selfSigned({ names: ['localhost'] });
  const tls = createServer({ cert, key }).listen(0, '127.0.0.1');
  await new Promise((resolve) => tls.once('listening', resolve));
  const { port } = tls.address() as AddressInfo;
  const args = ['sync', '--timeout', '30s'];
  const at = (url: string) => ({ env: { BYBIT_BASE_URL: url } });
  expect(await stage.run(args)).toMatchObject(saying(69, /the connection was interrupted \(/));
  expect(await stage.run(args, at('https://nowhere.invalid'))).toMatchObject(
    saying(69, /host name not found \(/),
  );
  expect(await stage.run(args, at(`https://localhost:${port}`))).toMatchObject(
    saying(69, /its TLS certificate is not trusted here \(DEPTH_ZERO_SELF_SIGNED_CERT\)/),
  );
  tls.close();
  await expectKept();
  stage.simulator.faults.clear();
  stage.simulator.faults.add({ kind: 'reset', path: WALLETS.fund, times: 99 });
  expect(await stage.run(args)).toMatchObject(
    saying(3, /FUND could not be read .*the connection was interrupted/),
  );
});

test('a 502, a broken connection and a rate limit pass by trying again', async () => {
  stage.simulator.faults.add({ kind: 'status', status: 502, path: WALLETS.unified });
  stage.simulator.faults.add({ kind: 'reset', path: WALLETS.fund });
  stage.simulator.faults.add({ kind: 'resetBody', path: '/v5/market/tickers' });
  const limited = { status: 429, headers: { 'Retry-After': '1' }, path: '/v5/execution/list' };
  stage.simulator.faults.add({ kind: 'status', ...limited });
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
});

fault(30, async () => {
  const { account } = stage;
  const refused = async (code: number, cause: RegExp, env: Record<string, string> = {}, requests = 1) => {
    stage.simulator.requests.length = 0;
    const said = new RegExp(`refused the key \\(${code}\\): .*${cause.source}.*Fix: `, 's');
    expect(await stage.run(['sync'], { env })).toMatchObject(saying(77, said));
    expect(stage.simulator.requests).toHaveLength(requests);
  };
  await refused(10003, /mistyped, deleted, or .*testnet, demo, another region/, {
    BYBIT_API_KEY: 'canaryUnknown000',
  });
  await refused(10004, /secret is mistyped or belongs to another key/, {
    BYBIT_API_SECRET: 'canaryWrong00000',
  });
  account.expired = true;
  await refused(33004, /has expired; keys without an IP address end after three months/);
  account.expired = false;
  account.ips = ['203.0.113.7'];
  await refused(10010, /IP address is not in the key's list/);
  account.ips = ['*'];
  account.permissions = {};
  // A permission may be missing for one path alone: each of five is asked once, and what the key may do.
  await refused(10005, /the key may not read this/, {}, 6);
  await expectKept();
});

test('a failed run leaves its own row in sync_history', async () => {
  await stage.run(['sync'], { env: { BYBIT_API_KEY: 'canaryUnknown000' } });
  const { lastFailure } = await stage.show();
  expect(lastFailure?.message).toContain('10003');
});
