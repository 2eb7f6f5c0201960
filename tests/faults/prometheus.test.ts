import { beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { needsPackage } from '../support/needs.js';
import { startPostgres } from '../support/postgres.js';
import { fill, openStage, SINCE } from '../support/stage.js';

beforeAll(() => {
  needsPackage('prometheus', 'promtool');
});

function promtool(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync('promtool', args, { input, encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

test('promtool finds nothing to mend in the metrics of two accounts, one of which failed', async () => {
  const server = await startPostgres();
  const stage = await openStage(await server.createDatabase());
  fill(stage.account, stage.simulator.world.now());
  const file = join(stage.folder, 'exchange_sync.prom');
  const env = {
    BYBIT_SUB1_API_KEY: 'canaryUnknown000',
    BYBIT_SUB1_API_SECRET: 'canaryUnknown000',
    BYBIT_SUB1_BASE_URL: stage.simulator.url,
  };
  expect((await stage.run(['sync', ...SINCE, '--metrics-file', file], { env })).code).toBe(3);
  const text = readFileSync(file, 'utf8');
  await stage.end();
  await server.stop();
  expect(text).toContain('exchange_sync_value{account="bybit",currency="USD"}');
  expect(text).toContain('exchange_sync_up{account="bybit/sub1"} 0');
  expect(promtool(['check', 'metrics'], text)).toEqual({ status: 0, said: '' });
  // What it is there for: a text with a fault is found.
  expect(promtool(['check', 'metrics'], text.replace(' gauge', ' gouge')).status).not.toBe(0);
});

test('every alert is well formed, and fires when it should and not before', () => {
  expect(promtool(['check', 'rules', 'src/deploy/alerts.yml'])).toMatchObject({ status: 0 });
  expect(promtool(['test', 'rules', 'tests/fixtures/alerts-cases.yml'])).toMatchObject({ status: 0 });
});

test('there is a case for every alert', () => {
  const named = (text: string, key: string) =>
    new Set([...text.matchAll(new RegExp(`\\b${key}: (\\w+)`, 'g'))].map(([, name]) => name));
  const alerts = named(readFileSync('src/deploy/alerts.yml', 'utf8'), 'alert');
  const cases = readFileSync('tests/fixtures/alerts-cases.yml', 'utf8');
  const fired = cases.match(/alertname: \w+\n\s+exp_alerts:/g) ?? [];
  expect(named(fired.join('\n'), 'alertname')).toEqual(alerts);
});
