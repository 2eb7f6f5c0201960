import { beforeAll, expect, test } from '@jest/globals';
import { chmodSync } from 'node:fs';
import { needsRoot } from '../support/needs.js';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';

const UNKNOWN_USER = 12_345;
const NO_LOG = /Warning: this run has no log file: .*EXCHANGE_SYNC_LOG_FILE/;

let stage: Stage;

beforeAll(() => {
  needsRoot('runs the program as another user');
});
onServer('each', (opened) => {
  ({ stage } = opened);
  fill(stage.account, stage.simulator.world.now());
  chmodSync(stage.folder, 0o755);
});

test.each(['/', '/nonexistent', '/dev/null'])(
  'HOME=%s: a server database works with a warning about the log, an embedded one names its setting',
  async (HOME) => {
    const more = { uid: UNKNOWN_USER, env: { HOME }, without: ['EXCHANGE_SYNC_DATA_DIR'] };
    const synced = await stage.run(['sync', ...SINCE], more);
    expect(synced).toMatchObject({ code: 0, stderr: expect.stringMatching(NO_LOG) as unknown });
    expect(await stage.run(['show'], more)).toMatchObject({ code: 0, stderr: '' });
    expect((await stage.run(['check', '--offline'], more)).stdout).not.toContain('CRITICAL');
    const embedded = { ...more, without: [...more.without, 'DATABASE_URL'] };
    const refused = await stage.run(['sync', ...SINCE], embedded);
    expect([74, 78]).toContain(refused.code);
    expect(refused.stderr).toMatch(/Error: .*Fix: .*EXCHANGE_SYNC_DATA_DIR/s);
  },
);
