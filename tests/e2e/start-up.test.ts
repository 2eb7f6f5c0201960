import { describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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
const EXCHANGES = /^(bybit|binance)-/;
const REPORT = /^show-report-/;
const COMMANDS = /^(sync|show|check)-run-/;

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

const among = (files: readonly string[], names: RegExp): string[] =>
  files.map((file) => basename(file)).filter((file) => names.test(file));

describe('a command loads no more than it needs', () => {
  test.each([[['--help']], [['sync', '--help']], [['--version']]])(
    '%j: no command, no network, no cryptography',
    async (args) => {
      const { files, builtIn } = await loadedBy(args);
      expect(new Set(files.map(dirname))).toEqual(new Set([dirname(BINARY)]));
      expect(among(files, /./)).toEqual(['exchange-sync.js', 'shared.js']);
      for (const name of [...NETWORK, 'crypto', 'child_process']) expect(builtIn).not.toContain(name);
      // Node's loader of ES modules takes longer to start than the whole of the help.
      expect(builtIn).not.toContain('internal/modules/esm/loader');
    },
  );

  test('completion: its own part, no network', async () => {
    const { files, builtIn } = await loadedBy(['completion', 'bash']);
    expect(among(files, /./).filter((name) => !/^(exchange-sync|shared)\.js$/.test(name))).toEqual([
      expect.stringMatching(/^completion-run-/),
    ]);
    for (const name of NETWORK) expect(builtIn).not.toContain(name);
  });

  test('show: no exchange, no log, nothing outside of the bundle', async () => {
    const { files, builtIn } = await loadedBy(['show']);
    expect(new Set(files.map(dirname))).toEqual(new Set([dirname(BINARY)]));
    expect(among(files, COMMANDS)).toEqual([expect.stringMatching(/^show-/)]);
    expect(among(files, EXCHANGES)).toEqual([]);
    expect(among(files, /^winston-/)).toEqual([]);
    expect(among(files, REPORT)).toEqual([]);
    for (const name of ['tls', 'http', 'zlib']) expect(builtIn).not.toContain(name);
    // A few large parts and what they share: every further file costs half a millisecond.
    expect(files.length).toBeLessThanOrEqual(12);
  });

  test('show --format html: its own part and what it shares with the others', async () => {
    const { files, builtIn } = await loadedBy(['show', '--format', 'html']);
    expect(among(files, REPORT)).toHaveLength(1);
    expect(among(files, EXCHANGES)).toEqual([]);
    for (const name of ['tls', 'http', 'zlib']) expect(builtIn).not.toContain(name);
  });

  test('sync: the one exchange that is asked, out of the bundle', async () => {
    const { files } = await loadedBy(['sync']);
    expect(new Set(files.map(dirname))).toEqual(new Set([dirname(BINARY)]));
    expect(among(files, COMMANDS)).toEqual([expect.stringMatching(/^sync-/)]);
    expect(among(files, EXCHANGES)).toEqual([expect.stringMatching(/^bybit-/)]);
  });
});
