import { afterAll, beforeAll, expect } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { type Changes, fill, openStage, SINCE, type Stage } from '../support/stage.js';
import { urlOf } from '../support/urls.js';
import { fault } from './fault.js';

const CONFIG = 78;
const CRITICAL = 2;

let server: TestServer;
let stage: Stage;
let url: string;

beforeAll(async () => {
  // A Unix socket in its own folder too.
  server = await startPostgres({ settings: { unix_socket_directories: '.' } });
  const database = await server.createDatabase();
  url = urlOf(database);
  stage = await openStage(database);
  fill(stage.account, stage.simulator.world.now());
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await stage.end();
  await server.stop();
});

const path = (...parts: string[]) => join(stage.folder, ...parts);

async function expectRefused(args: readonly string[], changes: Changes, said: RegExp) {
  const result = await stage.run(args, changes);
  expect({ args, ...result }).toMatchObject({ args, code: CONFIG, stdout: '' });
  expect(result.stderr).toMatch(said);
  expect(result.stderr).toContain('Fix: ');
  return result;
}

fault('B5', async () => {
  const SAID = /DATABASE_URL is not a PostgreSQL URL\n.*postgres:\/\/USER:PASSWORD@HOST:5432\/DATABASE/;
  const heard: string[] = [];
  for (const sign of ['/', '?', '#', '[', '@']) {
    const env = { DATABASE_URL: `postgres://me:canaryFirst${sign}canarySecond@127.0.0.1:${server.port}/x` };
    heard.push((await expectRefused(['sync'], { env }, SAID)).stderr);
    if (sign !== '/') continue;
    heard.push((await expectRefused(['show', '--format', 'json'], { env }, SAID)).stderr);
    const check = await stage.run(['check', '--offline', '--format', 'json'], { env });
    expect(check.code).toBe(CRITICAL);
    expect(check.stdout).toContain('not a PostgreSQL URL');
    heard.push(check.stdout, check.stderr);
  }
  const log = readFileSync(path('data', 'exchange_sync.log'), 'utf8');
  expect([...heard, log].join('\n')).not.toMatch(/canary(First|Second)/);

  const [, name = ''] = /([^/]*)$/.exec(url) ?? [];
  const socket = server.dataDirectory;
  const spellings = [
    `postgresql://postgres:postgres@/${name}?host=${socket}&port=${server.port}`,
    `postgresql://postgres:postgres@${encodeURIComponent(socket)}:${server.port}/${name}`,
    `host=127.0.0.1 port=${server.port} user=postgres password='postgres' dbname=${name}`,
    `${url}?sslmode=prefer&application_name=me&options=-c%20statement_timeout%3D9s`,
  ];
  for (const DATABASE_URL of spellings) {
    const { code, stdout } = await stage.run(['show', '--format', 'json'], { env: { DATABASE_URL } });
    expect({ DATABASE_URL, code, stdout }).toEqual({
      ...{ DATABASE_URL, code: 0 },
      stdout: expect.stringContaining('"MNT"') as unknown,
    });
  }
  for (const [query, said] of [
    ['?host=127.0.0.1,127.0.0.2', /names several hosts/],
    ['?hostaddr=127.0.0.1', /the parameter hostaddr in DATABASE_URL is not supported/],
    ['?canaryName=1', /a parameter that is not known/],
  ] as const) {
    const { stderr } = await expectRefused(['show'], { env: { DATABASE_URL: `${url}${query}` } }, said);
    expect(stderr).not.toContain('canary');
  }
});

fault('B6', async () => {
  execFileSync('mkfifo', [path('pipe')]);
  mkdirSync(path('folder'));
  writeFileSync(path('huge'), Buffer.alloc(10_000_000, 'x'));
  const odd = ['/dev/zero', path('pipe'), path('folder'), path('huge')];
  for (const file of odd) {
    const tls = { DATABASE_URL: url, PGSSLMODE: 'verify-full', PGSSLROOTCERT: file };
    await expectRefused(
      ['show'],
      { env: tls },
      /the root certificate \S+ cannot be read: it is (not a reg|larger)/,
    );
    const secret = { env: { BYBIT_API_SECRET_FILE: file }, without: ['BYBIT_API_SECRET'] };
    await expectRefused(['sync'], secret, /BYBIT_API_SECRET_FILE cannot be read/);
    const log = { env: { EXCHANGE_SYNC_LOG_FILE: file } };
    await expectRefused(
      ['sync'],
      log,
      /the log cannot be written: \S+ is not a (regular file|log of exchange-sync)/,
    );
  }
  expect(await stage.run(['sync'], { env: { EXCHANGE_SYNC_LOG_FILE: '/dev/null' } })).toMatchObject({
    ...{ code: 0, stderr: '' },
  });
});

fault('F5', async () => {
  /** Where the embedded database would be; nothing is made by this. */
  const findFolder = async (changes: Changes) => {
    const without = ['DATABASE_URL', 'EXCHANGE_SYNC_DATA_DIR'];
    const { stdout } = await stage.run(['check', '--only', 'database'], { without, ...changes });
    return /there is no embedded database in (\S+) yet/.exec(stdout)?.[1];
  };
  const data = path('embedded');
  const expected = join(data, 'database');
  for (const text of [`${data}\n`, `"${data}"`, `'${data}' \r\n`]) {
    const named = { env: { EXCHANGE_SYNC_DATA_DIR: text }, without: ['DATABASE_URL'] };
    expect({ text, folder: await findFolder(named) }).toEqual({ text, folder: expected });
  }
  // In a settings file a relative path is below the folder of that file, wherever the program runs.
  mkdirSync(path('config', 'exchange-sync'), { recursive: true });
  writeFileSync(path('config', 'exchange-sync', 'env'), 'EXCHANGE_SYNC_DATA_DIR=../../embedded\n');
  expect(await findFolder({ env: { XDG_CONFIG_HOME: path('config') }, cwd: '/' })).toBe(expected);
  for (const text of ['embedded', './embedded', '~/embedded']) {
    const env = { EXCHANGE_SYNC_DATA_DIR: text };
    const said = /EXCHANGE_SYNC_DATA_DIR is ".*", which is not an absolute path/;
    await expectRefused(['show'], { env, without: ['DATABASE_URL'] }, said);
  }
  const odd = { DATABASE_URL: `'${url}'\n`, BYBIT_BASE_URL: ` "${stage.simulator.url}"\r\n` };
  expect(await stage.run(['sync'], { env: odd })).toMatchObject({ code: 0, stderr: '' });
  expect(existsSync(data)).toBe(false);
});

fault('C10', async () => {
  const pem = ({ privateKey }: { privateKey: KeyObject }) =>
    privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const whole = [
    pem(generateKeyPairSync('ed25519')),
    pem(generateKeyPairSync('rsa', { modulusLength: 2048 })),
  ];
  for (const secret of [...whole, '-----BEGIN PRIVATE KEY-----']) {
    const env = { BYBIT_API_SECRET: secret };
    const synced = await stage.run(['sync'], { env });
    expect(synced).toMatchObject({ code: CONFIG, stdout: '' });
    expect(synced.stderr).toMatch(/the API secret of bybit is (a private key|not a complete private key)/);
    expect(synced.stderr).toMatch(/system-generated \(HMAC\) secret/);
    expect(synced.stderr).not.toContain('report');
  }
  const check = await stage.run(['check', '--only', 'key'], { env: { BYBIT_API_SECRET: whole[0] ?? '' } });
  expect(check).toMatchObject({ code: CRITICAL, stdout: expect.stringContaining('(ed25519)') as unknown });
});
