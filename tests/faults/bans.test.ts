import { describe, expect, test } from '@jest/globals';
import { onServer } from '../support/on-server.js';
import { SINCE, type Stage } from '../support/stage.js';

let stage: Stage;

onServer('each', (opened) => {
  ({ stage } = opened);
  const sub = stage.simulator.world.addAccount('subKey0123456789', 'subSecret0123456789abcdefghijklmn');
  stage.env['BYBIT_SUB_API_KEY'] = sub.apiKey;
  stage.env['BYBIT_SUB_API_SECRET'] = sub.secret;
  stage.env['BYBIT_SUB_BASE_URL'] = stage.simulator.url;
});

const asked = () => stage.simulator.requests.length;

describe('an exchange that shuts out the address of one account', () => {
  test('is asked by none of its others, in the same run, in later ones, or by check', async () => {
    stage.simulator.faults.add({ kind: 'status', status: 403, body: 'access too frequent' });
    const banned = await stage.run(['sync', ...SINCE]);
    expect(banned.code).toBe(69);
    expect(banned.stderr.match(/Bybit has banned this IP address until/g)).toHaveLength(2);
    // The other account's first request may have been under way.
    expect(asked()).toBeLessThanOrEqual(2);
    const before = asked();
    for (const account of ['bybit', 'bybit/sub']) {
      expect((await stage.run(['sync', '-e', account, ...SINCE])).code).toBe(69);
    }
    const { stdout } = await stage.run(['check', '-e', 'bybit/sub']);
    expect(stdout).toContain('Bybit has banned this IP address until');
    const stored = await stage.run(['check', '-e', 'bybit/sub', '--offline', '--only', 'ban']);
    expect(stored.stdout).toMatch(/^WARNING: .*this IP address is banned until 20\d\d-.*Z \(in \d+ (s|min)/);
    expect(asked()).toBe(before);
  });

  test('is asked at another host', async () => {
    stage.simulator.faults.add({ kind: 'status', status: 403, body: 'access too frequent' });
    expect((await stage.run(['sync', '-e', 'bybit', ...SINCE])).code).toBe(69);
    const other = { ...stage.env, BYBIT_SUB_BASE_URL: stage.simulator.url.replace('127.0.0.1', 'localhost') };
    expect((await stage.run(['sync', '-e', 'bybit/sub', ...SINCE], { env: other })).code).toBe(0);
  });
});
