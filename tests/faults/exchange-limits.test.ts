import { expect } from '@jest/globals';
import { KEY, SECRET, SINCE, type Stage } from '../support/stage.js';
import { askedAt, onSynced, WALLETS } from '../support/synced.js';
import { fault } from './fault.js';

const BAN_S = 180;

let stage: Stage;

onSynced((opened) => {
  ({ stage } = opened);
});

const limited = (seconds: number) =>
  ({ kind: 'status', status: 429, headers: { 'Retry-After': String(seconds) } }) as const;

fault(22, async () => {
  stage.simulator.faults.add({ ...limited(3), path: WALLETS.unified });
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
  const [first = 0, second = 0] = askedAt(stage, WALLETS.unified);
  expect(second - first).toBeGreaterThanOrEqual(2_990);
  stage.simulator.requests.length = 0;
  // Nobody waits for what would come after the deadline.
  stage.simulator.faults.add({ ...limited(3_600), path: WALLETS.fund, times: 99 });
  const startedAt = Date.now();
  const partial = await stage.run(['sync', '--timeout', '30s']);
  expect(partial).toMatchObject({ code: 3, stderr: expect.stringMatching(/FUND .*HTTP 429/) as unknown });
  expect(Date.now() - startedAt).toBeLessThan(60_000);
  expect(askedAt(stage, WALLETS.fund)).toHaveLength(1);
});

fault(23, async () => {
  const env = { BINANCE_API_KEY: KEY, BINANCE_API_SECRET: SECRET, BINANCE_BASE_URL: stage.simulator.url };
  const sync = (...args: string[]) => stage.run(['sync', ...SINCE, ...args], { env });
  const askedBinance = () => stage.simulator.requests.filter(({ path }) => /^\/s?api\//.test(path)).length;
  stage.env['EXCHANGE_SYNC_EXCHANGES'] = 'bybit,binance';
  stage.simulator.faults.add({
    kind: 'status',
    status: 418,
    headers: { 'Retry-After': String(BAN_S) },
    path: '/api/v3/account',
  });
  const banned = await sync('-e', 'binance');
  expect(banned.stderr).toMatch(/Binance has banned this IP address until \d{4}-/);
  expect(banned.code).toBe(69);
  const asked = askedBinance();
  // Another process, which only the database can have told.
  expect(await sync()).toMatchObject({ code: 3 });
  expect(askedBinance()).toBe(asked);
  const clockShift = (BAN_S + 1) * 1000;
  stage.simulator.world.advance(clockShift);
  expect((await stage.run(['sync', ...SINCE], { env, clockShift })).code).toBe(0);
  expect(askedBinance()).toBeGreaterThan(asked);
});

fault(
  27,
  async () => {
    stage.simulator.faults.add({ kind: 'drip', path: WALLETS.fund, times: 99 });
    // The limit of one answer is 30 s, and a second try could not end in time.
    const dripping = await stage.run(['sync', '--timeout', '45s']);
    expect(dripping).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/FUND .*did not come in time/) as unknown,
    });
    expect((await stage.run(['show'])).stdout).toContain('ETH');
    stage.simulator.faults.clear();
    for (const path of Object.values(WALLETS)) {
      stage.simulator.faults.add({ kind: 'huge', bytes: 64 * 1024 * 1024, path, times: 99 });
    }
    const huge = await stage.run(['sync', '--timeout', '2m']);
    expect(huge).toMatchObject({
      code: 69,
      stderr: expect.stringContaining('is larger than 4194304 bytes') as unknown,
    });
  },
  300_000,
);
