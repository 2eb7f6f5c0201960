import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PING_TOKEN, type PingServer, startPingServer } from '../support/ping-server.js';
import { startRudeServer } from '../support/rude-server.js';
import { mountSmallDisk } from '../support/small-disk.js';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';
import { until } from '../support/until.js';
import { fault } from './fault.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NOBODY = 'postgres://u:p@127.0.0.1:1/x';

let stage: Stage;
let monitor: PingServer;

onServer('all', (opened) => {
  ({ stage } = opened);
  fill(stage.account, stage.simulator.world.now());
});
beforeEach(async () => {
  monitor = await startPingServer();
  stage.env['EXCHANGE_SYNC_PING_URL'] = monitor.url;
});
afterEach(() => {
  monitor.stop();
  stage.simulator.faults.clear();
  stage.simulator.requests.length = 0;
});

const signals = () => monitor.heard.map(({ signal }) => signal);

describe('the monitor', () => {
  test('hears of the start and of the success, by the id of the run, and of nothing else', async () => {
    const result = await stage.run(['sync', ...SINCE, '--json']);
    expect(result.code).toBe(0);
    expect(signals()).toEqual(['/start', '']);
    const { runId } = JSON.parse(result.stdout) as { runId: string };
    expect(runId).toMatch(UUID);
    expect(monitor.heard.map(({ rid, body }) => [rid, body])).toEqual([
      [runId, ''],
      [runId, ''],
    ]);
  });

  test.each([
    ['a refused key', { env: { BYBIT_API_KEY: 'canaryUnknown000' } }, 77],
    ['a database that is down', { env: { DATABASE_URL: NOBODY } }, 74],
    ['a missing secret', { without: ['BYBIT_API_SECRET'] }, 78],
  ])('hears of %s by the exit status', async (_title, changes, code) => {
    expect((await stage.run(['sync', ...SINCE], changes)).code).toBe(code);
    expect(signals()).toEqual(['/start', `/${code}`]);
  });

  test('is not reached without a proxy that is set and not used, and the warning names it', async () => {
    const env = {
      EXCHANGE_SYNC_PING_URL: 'http://127.0.0.1:1/0b0f3e1c',
      HTTPS_PROXY: 'http://proxy.invalid',
    };
    const { code, stderr } = await stage.run(['sync', ...SINCE], { env });
    expect(code).toBe(0);
    expect(stderr).toMatch(/failed: .*; HTTPS_PROXY is set but not used\..* set NODE_USE_ENV_PROXY=1 in the/);
  });

  test('hears of SIGTERM', async () => {
    stage.simulator.faults.add({ kind: 'stall', times: 9 });
    const { child, ended } = stage.start(['sync', ...SINCE]);
    await until(() => Promise.resolve(stage.simulator.requests[0]));
    child.kill('SIGTERM');
    expect((await ended).code).toBe(143);
    expect(signals()).toEqual(['/start', '/143']);
  });

  test('hears of the deadline though the database fell silent and the work does not stop', async () => {
    const silent = await startRudeServer(() => undefined);
    const env = { DATABASE_URL: `postgres://u:p@127.0.0.1:${silent.port}/x` };
    const result = await stage.run(['sync', '--timeout', '1s'], { env });
    silent.close();
    expect(result).toMatchObject({ code: 124, stderr: expect.stringContaining('did not stop') as unknown });
    expect(signals()).toEqual(['/start', '/124']);
  });

  test('hears nothing of a dry run, of show and of check', async () => {
    await stage.run(['sync', ...SINCE, '--dry-run']);
    await stage.run(['show']);
    await stage.run(['check']);
    expect(signals()).toEqual([]);
  });
});

describe('a monitor that fails', () => {
  fault(48, async () => {
    monitor.answer = { status: 500 };
    const disk = mountSmallDisk(1);
    disk.seal();
    const sync = (env: Record<string, string> = {}) =>
      stage.run(['sync', ...SINCE, '--metrics-file', join(disk.folder, 'exchange_sync.prom')], {
        env: { EXCHANGE_SYNC_LOG_LEVEL: 'debug', ...env },
      });
    const runs = sync().then(
      async (run) => [run, await sync({ BYBIT_API_KEY: 'canaryUnknown000' })] as const,
    );
    const [good, refused] = await runs.finally(disk.remove);
    expect([good.code, refused.code]).toEqual([0, 77]);
    for (const { stdout, stderr } of [good, refused]) {
      expect(stderr).toMatch(/^Warning: the metrics file was not written: EROFS/m);
      const { host } = new URL(monitor.url);
      expect(stderr).toContain(`Warning: the ping to ${host} failed: HTTP 500`);
      expect(stdout + stderr + logs()).not.toContain(PING_TOKEN);
    }
    expect((await stage.show()).holdings).toHaveLength(3);
  });

  test('by hanging costs its bound, 10 s for the start and for the end, and not the exit status', async () => {
    monitor.answer = { status: undefined };
    const startedAt = Date.now();
    const result = await stage.run(['sync'], { without: ['BYBIT_API_SECRET'] });
    expect(Date.now() - startedAt).toBeLessThan(26_000);
    expect(result.code).toBe(78);
    expect(result.stderr).toContain('failed: no response in time');
    expect(new Set(signals())).toEqual(new Set(['/start', '/78']));
  });

  test.each([['hc-ping.com/uuid'], ['ftp://hc-ping.com/x'], ['https://me:canaryPing@hc-ping.com/x']])(
    'because %s is no address is refused with 78 and the fix, without the address',
    async (EXCHANGE_SYNC_PING_URL) => {
      const result = await stage.run(['sync'], { env: { EXCHANGE_SYNC_PING_URL } });
      expect(result.code).toBe(78);
      expect(result.stderr).toContain('EXCHANGE_SYNC_PING_URL is not a valid URL');
      expect(result.stderr).toContain('Fix: ');
      expect(result.stderr).not.toContain(EXCHANGE_SYNC_PING_URL);
    },
  );
});

const logs = (): string =>
  readdirSync(join(stage.folder, 'data'), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => readFileSync(join(stage.folder, 'data', name), 'utf8'))
    .join('');
