import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fill, openStage, SINCE, type Stage } from '../support/stage.js';
import { until } from '../support/until.js';

let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
  fill(stage.account, stage.simulator.world.now());
});
afterEach(async () => {
  await stage.end();
});

describe('with no database configured', () => {
  test('sync, show and check work, and the place of the embedded database is said once', async () => {
    const first = await stage.run(['sync', ...SINCE]);
    expect(first).toMatchObject({ code: 0, stdout: '' });
    expect(first.stderr).toContain(`using an embedded one in ${join(stage.folder, 'data', 'database')}`);
    expect(await stage.run(['sync'])).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(statSync(join(stage.folder, 'data', 'database')).mode & 0o777).toBe(0o700);
    const shown = await stage.show();
    expect(
      shown.holdings.map(({ asset, quantity }) => `${String(quantity)} ${String(asset)}`).sort(),
    ).toEqual(['0.0599 BTC', '100 MNT', '6527.33 USDT']);
    const table = await stage.run(['show']);
    expect(table.stdout).toContain('BTC');
    expect(table.stdout).toContain('Total');
    const check = await stage.run(['check']);
    expect(check.code).toBe(0);
    expect(check.stdout).toMatch(/^OK: .* \| /);
  });

  test('a run that was killed holds up nobody: whoever opens the database is alone in it', async () => {
    const { child, ended } = stage.start(['sync', ...SINCE]);
    await until(async () =>
      Promise.resolve(
        stage.simulator.requests.some(({ path }) => path === '/v5/execution/list') || undefined,
      ),
    );
    child.kill('SIGKILL');
    expect((await ended).signal).toBe('SIGKILL');
    expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
  });

  test('before the first sync there is nothing to show, 66, and check is CRITICAL with the remedy', async () => {
    expect(await stage.run(['show'])).toMatchObject({ code: 66, stdout: '' });
    const check = await stage.run(['check', '--offline']);
    expect(check.code).toBe(2);
    expect(check.stdout).toMatch(/^CRITICAL: /);
    expect(check.stdout).toContain('exchange-sync sync');
  });
});
