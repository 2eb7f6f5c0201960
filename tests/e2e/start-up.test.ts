import { describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BINARY, PROJECT } from '../support/cli.js';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';

/** Preloaded into the program: writes down each file that is imported. */
const HOOK = `
  import { appendFileSync } from 'node:fs';
  export function load(url, context, next) {
    appendFileSync(process.env.MODULES_FILE, url + '\\n');
    return next(url, context);
  }`;
const PRELOAD = `
  import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(HOOK)}));`;

/** What the bundler says of each file that it wrote: its sources. */
interface Bundle {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>>;
}

let stage: Stage;

onServer('all', async (opened) => {
  ({ stage } = opened);
  fill(stage.account, stage.simulator.world.now());
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0 });
});

/** The sources of ours and of packages, relative to the project, in the files that a command imports. */
async function sourcesLoadedBy(args: readonly string[]): Promise<ReadonlySet<string>> {
  const [preload, list] = [join(stage.folder, 'preload.mjs'), join(stage.folder, 'modules')];
  rmSync(list, { force: true });
  writeFileSync(preload, PRELOAD);
  const child = spawn(process.execPath, ['--import', preload, BINARY, ...args], {
    cwd: stage.folder,
    env: { ...stage.env, PATH: process.env['PATH'] ?? '', MODULES_FILE: list },
    stdio: 'ignore',
  });
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  const urls = readFileSync(list, 'utf8').split('\n');
  const files = urls.filter((url) => url.startsWith('file:')).map((url) => fileURLToPath(url));
  expect(files.filter((file) => dirname(file) !== dirname(BINARY))).toEqual([]);
  const { outputs } = JSON.parse(readFileSync(join(PROJECT, 'dist/bundle.json'), 'utf8')) as Bundle;
  return new Set(files.flatMap((file) => Object.keys(outputs[relative(PROJECT, file)]?.inputs ?? {})));
}

const packagesIn = (sources: ReadonlySet<string>): readonly string[] =>
  [
    ...new Set(
      [...sources].flatMap((source) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []),
    ),
  ].sort();

describe('a command loads no more than it needs, and nothing outside of the bundle', () => {
  test.each([[['--help']], [['sync', '--help']], [['--version']], [['completion', 'bash']]])(
    '%j: the command line alone',
    async (args) => {
      expect(packagesIn(await sourcesLoadedBy(args))).toEqual(['commander']);
    },
  );

  test.each([[['show']], [['show', '--format', 'html']]])('%j: no exchange and no log', async (args) => {
    const packages = packagesIn(await sourcesLoadedBy(args));
    expect(packages).toContain('postgres');
    expect(packages.filter((name) => ['ccxt', 'winston'].includes(name))).toEqual([]);
  });

  test('sync: the one exchange that it asks', async () => {
    const sources = await sourcesLoadedBy(['sync']);
    expect(sources).toContain('node_modules/ccxt/js/src/bybit.js');
    expect(sources).not.toContain('node_modules/ccxt/js/src/binance.js');
  });
});
