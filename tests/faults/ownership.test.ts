import { beforeEach, expect } from '@jest/globals';
import {
  chmodSync,
  chownSync,
  lchownSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { needsRoot } from '../support/needs.js';
import { onServer } from '../support/on-server.js';
import { fill, KEY, SECRET, SINCE, type Stage } from '../support/stage.js';
import { fault } from './fault.js';

const CONFIG = 78;
const STRANGER = 65_534;

let stage: Stage;

onServer('each', (opened) => {
  ({ stage } = opened);
});
beforeEach(() => {
  fill(stage.account, stage.simulator.world.now());
});

const path = (...parts: string[]) => join(stage.folder, ...parts);

interface Planted {
  readonly owner?: number;
  readonly mode?: number;
}

function plant(at: string, text: string, { owner = 0, mode = 0o600 }: Planted): string {
  rmSync(at, { force: true });
  writeFileSync(at, text, { mode });
  chmodSync(at, mode);
  chownSync(at, owner, owner);
  return at;
}

fault('B1', async () => {
  needsRoot('gives files to another user');
  const shell = plant(path('.bashrc'), 'alias ls=ls\n', {});
  const settings = `BYBIT_API_KEY=${KEY}\nBYBIT_API_SECRET=${SECRET}\nBYBIT_BASE_URL=${stage.simulator.url}\n`;
  const without = ['BYBIT_API_KEY', 'BYBIT_API_SECRET', 'BYBIT_BASE_URL'];
  mkdirSync(path('config', 'exchange-sync'), { recursive: true });
  const places: readonly (readonly [string, readonly string[], Record<string, string>])[] = [
    [path('given'), ['--env-file', path('given')], {}],
    [path('config', 'exchange-sync', 'env'), [], { XDG_CONFIG_HOME: path('config') }],
    [path('.env'), [], {}],
  ];
  for (const [at, options, env] of places) {
    for (const [planted, why] of [
      [{ owner: STRANGER }, /belongs to another user \(65534\)/],
      [{ mode: 0o620 }, /can be changed by other users/],
      [{ mode: 0o602 }, /can be changed by other users/],
    ] as const) {
      plant(at, settings, planted);
      const result = await stage.run(['sync', ...options], { env, without });
      expect({ at, ...result }).toMatchObject({ at, code: CONFIG, stdout: '' });
      expect(result.stderr).toMatch(why);
      expect(result.stderr).toContain('Fix: ');
    }
    rmSync(at);
  }
  // What is no setting of ours is nobody's business.
  plant(path('.env'), 'PORT=80\n', { owner: STRANGER, mode: 0o666 });

  const refusals: readonly (readonly [Record<string, string>, RegExp])[] = [
    [
      { BYBIT_API_SECRET_FILE: plant(path('secret'), SECRET, { owner: STRANGER }) },
      /API_SECRET_FILE cannot be used/,
    ],
    [
      { BYBIT_API_SECRET_FILE: plant(path('open'), SECRET, { mode: 0o666 }) },
      /can be changed by other users/,
    ],
    [
      { PGSSLMODE: 'require', PGSSLROOTCERT: plant(path('ca'), 'x', { owner: STRANGER }) },
      /root certificate .* another user/,
    ],
    [
      { EXCHANGE_SYNC_LOG_FILE: shell },
      /the log cannot be written: \S+\.bashrc is not a log of exchange-sync/,
    ],
  ];
  for (const [env, why] of refusals) {
    const secret = 'BYBIT_API_SECRET_FILE' in env ? ['BYBIT_API_SECRET'] : [];
    const result = await stage.run(['sync'], { env, without: secret });
    expect({ env, ...result }).toMatchObject({ env, code: CONFIG, stdout: '' });
    expect(result.stderr).toMatch(why);
  }
  for (const parts of [['theirs'], ['of', 'database'], ['files', 'database', 'pgdata']]) {
    mkdirSync(path(...parts), { recursive: true });
    chownSync(path(...parts), STRANGER, STRANGER);
    const env = { EXCHANGE_SYNC_DATA_DIR: path(parts[0] ?? '') };
    const logless = { ...env, EXCHANGE_SYNC_LOG_FILE: '/dev/null' };
    const result = await stage.run(['sync'], { env: logless, without: ['DATABASE_URL'] });
    expect({ parts, ...result }).toMatchObject({ parts, code: CONFIG, stdout: '' });
    expect(result.stderr).toContain(`${path(...parts)} belongs to another user (65534)`);
  }
  expect(stage.simulator.requests).toEqual([]);
  expect(readFileSync(shell, 'utf8')).toBe('alias ls=ls\n');

  // A secret of Kubernetes: root's, readable by all, over links of root.
  mkdirSync(path('volume', '..2026'), { recursive: true });
  plant(path('volume', '..2026', 'key'), KEY, { mode: 0o444 });
  symlinkSync('..2026', path('volume', '..data'));
  symlinkSync('..data/key', path('volume', 'key'));
  lchownSync(path('volume', 'key'), 0, 0);
  const mounted = { env: { BYBIT_API_KEY_FILE: path('volume', 'key') }, without: ['BYBIT_API_KEY'] };
  expect(await stage.run(['sync', ...SINCE], mounted)).toMatchObject({ code: 0 });
});
