import { expect } from '@jest/globals';
import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nodeOf, startPostgresOf } from '../support/runtimes.js';
import { fill, openStage, QUIET, SINCE, type Stage } from '../support/stage.js';
import { fault } from './fault.js';

/** Every version that README.md calls tested, once: of Node, and of PostgreSQL. */
const VERSIONS = [
  [20, 15],
  [22, 16],
  [24, 17],
  [26, 18],
] as const;
/** Has no compile cache. */
const OLDEST_NODE = 20;

fault(
  'A4',
  async () => {
    for (const [node, postgres] of VERSIONS) {
      const server = await startPostgresOf(postgres);
      const stage = await openStage(server.database);
      try {
        fill(stage.account, stage.simulator.world.now());
        await expectSmoke(stage, nodeOf(node), `Node ${node}, PostgreSQL ${postgres}`);
        expect(cachedBy(stage)).toEqual(node === OLDEST_NODE ? [] : [expect.stringContaining(`v${node}.`)]);
        await expectOwnCacheOnly(stage, nodeOf(node));
      } finally {
        await stage.end();
        await server.stop();
      }
    }
  },
  300_000,
);

async function expectSmoke(stage: Stage, node: string, versions: string): Promise<void> {
  const commands = [['sync', ...SINCE], ['sync'], ['show'], ['check']];
  for (const args of commands) {
    const result = { versions, args, ...(await stage.run(args, { node })) };
    expect(result).toMatchObject({ versions, args, code: 0, stderr: QUIET });
    if (args[0] === 'show') expect(result.stdout).toContain('BTC');
  }
  const embedded = await stage.run(['sync', ...SINCE], { node, without: ['DATABASE_URL'] });
  expect({ versions, ...embedded }).toMatchObject({ versions, code: 0 });
}

/** Node runs what is in the cache: a folder that other users can write to is left alone. */
async function expectOwnCacheOnly(stage: Stage, node: string): Promise<void> {
  const cache = join(stage.folder, 'open');
  mkdirSync(join(cache, 'exchange-sync'), { recursive: true });
  chmodSync(join(cache, 'exchange-sync'), 0o777);
  const result = await stage.run(['--version'], { node, env: { XDG_CACHE_HOME: cache } });
  expect(result).toMatchObject({ code: 0, stderr: '' });
  expect(readdirSync(join(cache, 'exchange-sync'))).toEqual([]);
}

/** What Node keeps of the program in the user's cache folder. */
function cachedBy({ folder }: Stage): readonly string[] {
  const cache = join(folder, '.cache/exchange-sync');
  return existsSync(cache) ? readdirSync(cache) : [];
}
