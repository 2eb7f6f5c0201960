import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { type Instruction, stagesOf, textsOf } from '../support/dockerfile.js';
import { needsRoot } from '../support/needs.js';
import { onServer } from '../support/on-server.js';
import { installPacked } from '../support/packed.js';
import { fill, KEY, SECRET, SINCE, type Stage, QUIET } from '../support/stage.js';
import { until } from '../support/until.js';
import { yamlDocuments } from '../support/yaml.js';

interface Compose {
  readonly services: {
    readonly scheduler: {
      readonly entrypoint: readonly string[];
      readonly healthcheck: { readonly test: readonly string[] };
    };
  };
}

const UNKNOWN_USER = 12_345;
const SECRETS = { bybit_api_key: KEY, bybit_api_secret: SECRET };
const KEYS = ['BYBIT_API_KEY', 'BYBIT_API_SECRET'];

const [compose] = yamlDocuments(readFileSync('src/deploy/compose.yaml', 'utf8')) as readonly [Compose];
const { scheduler } = compose.services;

let stage: Stage;
let state: string;

beforeAll(() => {
  needsRoot('runs the program as another user');
});
onServer('each', (opened) => {
  ({ stage } = opened);
  fill(stage.account, stage.simulator.world.now());
  chmodSync(stage.folder, 0o755);
  state = ownFolder('state', 0o700);
});

/** A folder of the user that runs the program. */
function ownFolder(name: string, mode: number): string {
  const path = join(stage.folder, name);
  mkdirSync(path, { mode });
  chownSync(path, UNKNOWN_USER, UNKNOWN_USER);
  return path;
}

/** Files of that user with the keys, and who may read them. */
function secretsIn(name: string): string {
  const folder = ownFolder(name, 0o500);
  for (const [file, text] of Object.entries(SECRETS)) {
    writeFileSync(join(folder, file), text, { mode: 0o400 });
    chownSync(join(folder, file), UNKNOWN_USER, UNKNOWN_USER);
  }
  return folder;
}

describe('the systemd unit', () => {
  const unit = readFileSync('src/deploy/exchange-sync.service', 'utf8');
  const valuesOf = (name: string): readonly string[] =>
    [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value = '']) => value);

  test('its command line syncs, as its user and with its rights', async () => {
    const prefix = installPacked();
    const here = (text: string) =>
      text
        .replace('/usr/bin/node', process.execPath)
        .replace('/opt/exchange-sync', join(prefix, 'lib/node_modules/exchange-sync'))
        .replace('/var/lib/exchange-sync', state);
    const [command = '', ...args] = here(valuesOf('ExecStart')[0] ?? '').split(' ');
    const credentials = secretsIn('credentials');
    const names = valuesOf('LoadCredential').map((value) => value.split(':')[0]);
    expect(names).toEqual(Object.keys(SECRETS));
    const result = await stage.run([...RIGHTS, ...asUnit(valuesOf('UMask')[0]), command, ...args, ...SINCE], {
      node: 'setpriv',
      binary: `--reuid=${UNKNOWN_USER}`,
      cwd: here(valuesOf('WorkingDirectory')[0] ?? ''),
      env: {
        ...variablesOf(valuesOf('Environment').map(here)),
        CREDENTIALS_DIRECTORY: credentials,
        HOME: state,
      },
      without: KEYS,
    });
    rmSync(prefix, { recursive: true, force: true });
    expect(result).toMatchObject({ code: 0, stderr: QUIET, stdout: '' });
    expect(readFileSync(join(state, 'exchange_sync.log'), 'utf8')).toContain('"run"');
  });

  const variablesOf = (lines: readonly string[]): Record<string, string> =>
    Object.fromEntries(lines.map((line) => line.split('=') as [string, string]));
  /** NoNewPrivileges and the empty sets of capabilities, by which setpriv does what systemd does. */
  const RIGHTS = [`--regid=${UNKNOWN_USER}`, '--clear-groups', '--no-new-privs', '--bounding-set=-all'];
  const asUnit = (umask = '') => ['/bin/sh', '-c', `umask ${umask}; exec "$@"`, 'sh'];
});

describe('the image', () => {
  const [, image = []] = stagesOf(readFileSync('src/deploy/Dockerfile', 'utf8'));
  let root: string;

  beforeAll(() => {
    root = layOut(image);
  });
  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  test('its entry point syncs, shows and passes the health check, as a user without an entry in the password file', async () => {
    const [entryPoint = ''] = JSON.parse(textsOf(image, 'ENTRYPOINT')[0] ?? '[]') as readonly string[];
    const binary = join(root, 'usr/local/bin', entryPoint);
    const secrets = secretsIn('secrets');
    const more = {
      ...{ binary, uid: UNKNOWN_USER, cwd: state, without: ['HOME', ...KEYS] },
      env: {
        BYBIT_API_KEY_FILE: join(secrets, 'bybit_api_key'),
        BYBIT_API_SECRET_FILE: join(secrets, 'bybit_api_secret'),
        EXCHANGE_SYNC_DATA_DIR: state,
      },
    };
    expect(await stage.run(['sync', ...SINCE], more)).toMatchObject({ code: 0, stderr: QUIET });
    const shown = await stage.run(['show'], more);
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('BTC') as unknown });
    const [, command, ...check] = scheduler.healthcheck.test;
    expect(command).toBe(entryPoint);
    expect(await stage.run(check, more)).toMatchObject({ code: 0 });
  });
});

/** The files that the image copies from its build stage, with their modes, and the links that it makes. */
function layOut(image: readonly Instruction[]): string {
  const root = mkdtempSync(join(tmpdir(), 'exchange-sync-image-'));
  chmodSync(root, 0o755);
  mkdirSync(join(root, 'usr/local/bin'), { recursive: true });
  for (const text of textsOf(image, 'COPY')) {
    const [, from = '', to = ''] = text.split(' ');
    const source = join(process.cwd(), from.replace(/^\/app\//, ''));
    const target = join(root, 'app', to === './' ? basename(from) : to);
    mkdirSync(dirname(target), { recursive: true });
    if (to === 'node_modules') symlinkSync(source, target);
    else execFileSync('cp', ['--archive', source, target]);
  }
  const [, target = '', link = ''] = /ln -s (\S+) (\S+)/.exec(textsOf(image, 'RUN').join(' ')) ?? [];
  symlinkSync(join(root, target), join(root, link));
  return root;
}

describe('the scheduler of compose.yaml', () => {
  const [shell = '', flag = '', script = ''] = scheduler.entrypoint;

  test('syncs at once, sleeps until 7 or 37 minutes past the hour, and ends on SIGTERM', async () => {
    const commands = ownFolder('commands', 0o755);
    const calls = join(state, 'calls');
    for (const [name, then] of [
      ['exchange-sync', 'exit 3'],
      ['sleep', 'exec /bin/sleep 60'],
    ]) {
      const text = `#!/bin/sh\necho "${name} $*" >> ${calls}\n${then}\n`;
      writeFileSync(join(commands, name ?? ''), text, { mode: 0o755 });
    }
    const before = Math.floor(Date.now() / 1000);
    const running = stage.start([script.replaceAll('$$', '$')], {
      ...{ node: shell, binary: flag },
      env: { PATH: [commands, process.env['PATH']].join(delimiter) },
    });
    const [first, second = ''] = await until(() => Promise.resolve(linesOf(calls, 2)));
    expect(first).toBe('exchange-sync sync');
    const wakes = before + Number.parseInt(second.replace('sleep ', ''), 10);
    // A second may pass between the two clocks.
    expect([0, 1799]).toContain((wakes - 420) % 1800);
    running.child.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ code: 0, stderr: '' });
  });
});

/** The lines of a file once it has so many. */
function linesOf(path: string, count: number): readonly string[] | undefined {
  try {
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    return lines.length >= count ? lines : undefined;
  } catch {
    return undefined;
  }
}
