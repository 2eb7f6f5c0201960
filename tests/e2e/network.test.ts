import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAuthority } from '../support/certificates.js';
import { startPingServer } from '../support/ping-server.js';
import { startRudeServer } from '../support/rude-server.js';
import { openStage, type Stage } from '../support/stage.js';

const NOBODY = 'postgres://u:p@127.0.0.1:1/x';
const UNVERIFIED = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  stage.env['DATABASE_URL'] = NOBODY;
});
afterAll(async () => {
  await stage.end();
});

describe('where NODE_TLS_REJECT_UNAUTHORIZED=0 would let anybody answer', () => {
  /** Somebody in the place of the exchange, of the monitor and of all else, by a certificate of their own. */
  const { certificate, key } = createAuthority('a stranger').issue({ addresses: ['127.0.0.1'] });
  const heard: string[] = [];
  const stranger = createServer({ cert: certificate, key }, ({ url = '' }, response) => {
    heard.push(url);
    response.end('{}');
  });
  let env: Record<string, string>;

  beforeAll(async () => {
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const address = `https://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
    env = {
      BYBIT_BASE_URL: address,
      EXCHANGE_SYNC_PING_URL: `${address}/ping/canaryPing0123`,
      ...UNVERIFIED,
    };
  });
  beforeEach(() => {
    heard.length = 0;
  });
  afterAll(() => {
    stranger.close();
  });

  test.each([[['sync']], [['show']]])(
    '%j is refused with the fix, 78, and tells nobody a thing',
    async (args) => {
      const { code, stdout, stderr } = await stage.run(args, { env });
      expect([code, stdout]).toEqual([78, '']);
      expect(stderr).toContain('NODE_TLS_REJECT_UNAUTHORIZED=0 turns off the verification of certificates');
      expect(stderr).toContain('Fix: Remove it.');
      expect(heard).toEqual([]);
    },
  );

  test('in .env it is refused as well, though Node does not look there', async () => {
    writeFileSync(
      join(stage.folder, '.env'),
      'EXCHANGE_SYNC_LOG_LEVEL=info\nNODE_TLS_REJECT_UNAUTHORIZED=0\n',
      { mode: 0o600 },
    );
    const { code } = await stage.run(['show'], { env, without: ['NODE_TLS_REJECT_UNAUTHORIZED'] });
    rmSync(join(stage.folder, '.env'));
    expect(code).toBe(78);
  });
});

// What a Node that goes over proxies makes of it is told in tests/config/network-settings.test.ts.
test.each([['as they are'], ['with NODE_USE_ENV_PROXY=1, of which this Node knows nothing']])(
  'proxies in the environment, %s, are told nothing by requests, pings or the database, and check says that they are not used',
  async (how) => {
    let told = 0;
    const proxy = await startRudeServer(() => (told += 1));
    const monitor = await startPingServer();
    const address = `http://127.0.0.1:${proxy.port}`;
    const env = {
      HTTP_PROXY: address,
      HTTPS_PROXY: address,
      https_proxy: address,
      ALL_PROXY: address,
      ...(how.includes('=1') ? { NODE_USE_ENV_PROXY: '1' } : {}),
      EXCHANGE_SYNC_PING_URL: monitor.url,
    };
    const { stdout } = await stage.run(['check', '--verbose'], { env });
    expect(stdout).toContain('HTTPS_PROXY, https_proxy, HTTP_PROXY, ALL_PROXY: not used');
    expect(stdout).toContain('bybit answers');
    const { stderr } = await stage.run(['sync'], { env });
    expect(stderr).toContain('the database 127.0.0.1:1/x cannot be reached: connection refused');
    expect(monitor.heard).toHaveLength(2);
    expect(told).toBe(0);
    monitor.stop();
    proxy.close();
  },
);
