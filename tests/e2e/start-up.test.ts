import { describe, expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { BINARY } from '../support/cli.js';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';

/** Preloaded into the program: what it had loaded when it ended. */
const LIST_MODULES = `
  process.on('exit', () => {
    const files = Object.keys(require.cache).filter((file) => file !== __filename);
    const builtIn = process.moduleLoadList.map((name) => name.replace('NativeModule ', ''));
    require('fs').writeFileSync(process.env.MODULES_FILE, JSON.stringify({ files, builtIn }));
  });`;
const NETWORK = ['net', 'tls', 'http', 'zlib'];
const PROGRAM = 'exchange-sync.js';

interface Loaded {
  readonly files: readonly string[];
  readonly builtIn: readonly string[];
}

let stage: Stage;

onServer('all', async (opened) => {
  ({ stage } = opened);
  fill(stage.account, stage.simulator.world.now());
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0 });
});

/** Standard output goes nowhere: a pipe or a terminal would load the network's modules by itself. */
async function loadedBy(args: readonly string[]): Promise<Loaded> {
  const [preload, list] = [join(stage.folder, 'list-modules.cjs'), join(stage.folder, 'modules.json')];
  writeFileSync(preload, LIST_MODULES);
  const child = spawn(process.execPath, ['--require', preload, BINARY, ...args], {
    cwd: stage.folder,
    env: { ...stage.env, PATH: process.env['PATH'] ?? '', MODULES_FILE: list },
    stdio: 'ignore',
  });
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  return JSON.parse(readFileSync(list, 'utf8')) as Loaded;
}

const namesOf = ({ files }: Loaded): string[] => files.map((file) => basename(file)).sort();

describe('a command loads no more than it needs', () => {
  test.each([[['--help']], [['sync', '--help']], [['--version']]])(
    '%j: the program alone, no network, no cryptography',
    async (args) => {
      const loaded = await loadedBy(args);
      expect(namesOf(loaded)).toEqual([PROGRAM]);
      for (const name of [...NETWORK, 'crypto', 'child_process']) expect(loaded.builtIn).not.toContain(name);
      // Node's loader of ES modules takes longer to start than the whole of the help.
      expect(loaded.builtIn).not.toContain('internal/modules/esm/loader');
    },
  );

  test('completion: no network', async () => {
    const loaded = await loadedBy(['completion', 'bash']);
    expect(namesOf(loaded)).toEqual([PROGRAM]);
    for (const name of NETWORK) expect(loaded.builtIn).not.toContain(name);
  });

  test.each([[['show']], [['show', '--format', 'html']]])(
    '%j: no exchange, no log, nothing outside of the bundle',
    async (args) => {
      const loaded = await loadedBy(args);
      expect(namesOf(loaded)).toEqual([PROGRAM]);
      for (const name of ['tls', 'http', 'zlib']) expect(loaded.builtIn).not.toContain(name);
    },
  );

  test('sync: the one exchange that is asked, out of the bundle', async () => {
    const loaded = await loadedBy(['sync']);
    expect(new Set(loaded.files.map(dirname))).toEqual(new Set([dirname(BINARY)]));
    const names = namesOf(loaded).filter((name) => !name.startsWith('chunk-'));
    expect(names).toEqual(['bybit.js', PROGRAM, 'winston.js']);
  });
});

describe('what V8 compiled of the program at build time', () => {
  const folder = dirname(BINARY);

  test('is taken by the Node that built it', () => {
    const { cachedDataRejected } = new Script(readFileSync(join(folder, 'program.js'), 'latin1'), {
      cachedData: readFileSync(join(folder, 'program.cache')),
    });
    expect(cachedDataRejected).toBe(false);
  });

  test('is not needed: without it, or with one of another V8, the program starts as well', () => {
    const copy = join(stage.folder, 'copied');
    cpSync(dirname(folder), copy, { recursive: true });
    const start = () =>
      spawnSync(process.execPath, [join(copy, 'bin', PROGRAM), '--version'], { encoding: 'utf8' });
    writeFileSync(join(copy, 'bin', 'program.cache'), 'of another release');
    expect(start()).toMatchObject({ status: 0, stderr: '' });
    rmSync(join(copy, 'bin', 'program.cache'));
    expect(start()).toMatchObject({ status: 0, stderr: '' });
  });
});
