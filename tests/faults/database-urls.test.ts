import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDatabase } from '../../src/config/database-settings.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { openStage, type Stage } from '../support/stage.js';
import { urlOf } from '../support/urls.js';

const CONFIG = 78;
const NOTHING_TO_SHOW = 66;
const RUNS = 16;
const CANARY = 'canary0Secret';

let server: TestServer;
let stage: Stage;

beforeAll(async () => {
  server = await startPostgres();
  stage = await openStage(await server.createDatabase());
});
afterAll(async () => {
  await stage.end();
  await server.stop();
});

/** The canary between random characters, as it is or percent-encoded. */
const part = fc.string({ unit: fc.constantFrom(...Array.from('ab1 /?#[]@:%&=+,\\\'"$;<>~é')), maxLength: 5 });
const secret = fc
  .tuple(part, part, fc.boolean())
  .map(([before, after, isEncoded]) =>
    isEncoded ? encodeURIComponent(before + CANARY + after) : before + CANARY + after,
  );
const NAMES = ['password', 'sslpassword', 'sslrootcert', 'sslmode', 'options', 'port', 'connect_timeout'];
const named = fc.constantFrom(...NAMES, 'application_name', 'hostaddr', 'service', 'nonsense');

/** `HOST` and `PORT` take the place of a server that answers, or of one that does not. */
const FORMS: readonly ((secret: string, name: string) => string)[] = [
  (text) => `postgres://user:${text}@HOST:PORT/postgres`,
  (text) => `postgres://${text}@HOST:PORT/postgres`,
  (text) => `postgresql://postgres:postgres@HOST:${text}/postgres`,
  (text) => `postgres://postgres:postgres@HOST:PORT/postgres?${text}`,
  (text) => `postgres://postgres:postgres@HOST:PORT/postgres#${text}`,
  (text) => `postgres://user:${text}`,
  (text) => `:${text}@HOST/postgres`,
  (text) => `mysql://user:${text}@HOST:PORT/postgres`,
  (text, name) => `postgres://postgres:postgres@HOST:PORT/postgres?${name}=${text}`,
  (text, name) => `postgres://postgres:postgres@HOST:PORT/postgres?${text}=${name}`,
  (text, name) => `host=HOST port=PORT user=postgres ${name}=${text}`,
  (text, name) => `host=HOST port=PORT user=postgres ${name}='${text}'`,
  (text) => text,
];

/** A user name, a host and a database are named in messages; a URL in which the canary is one of them proves nothing. */
function isSecret(url: string): boolean {
  const parsed = parseDatabase({ DATABASE_URL: url });
  if (!parsed.ok || parsed.value.kind !== 'server') return true;
  const { user, host, database } = parsed.value;
  return ![user, host, database].some((value) => value.includes(CANARY));
}

const url = fc
  .tuple(fc.constantFrom(...FORMS), secret, named, fc.boolean())
  .map(([write, text, name, isAnswered]) =>
    write(text, name)
      .replace('HOST', '127.0.0.1')
      .replace('PORT', isAnswered ? String(server.port) : '1'),
  )
  .filter((text) => isSecret(text));
const command = fc.constantFrom(
  ...['sync', 'sync --json', 'show', 'show --format json', 'export', 'check --offline --format json'],
);

test('no run prints or logs a secret of DATABASE_URL, wherever in it that is and whatever characters it has', async () => {
  // Side by side, each of them random; a failure prints the URL, the seed of all is printed by fast-check.
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(url, command), { minLength: RUNS, maxLength: RUNS }),
      async (attempts) => {
        const heard = await Promise.all(
          attempts.map(async ([DATABASE_URL, line]) => {
            const env = { DATABASE_URL, EXCHANGE_SYNC_LOG_LEVEL: 'debug' };
            const { code, stdout, stderr } = await stage.run(line.split(' '), { env });
            return { DATABASE_URL, line, code, said: stdout + stderr };
          }),
        );
        const isTold = ({ said }: { readonly said: string }) => said.includes(CANARY);
        expect(heard.filter((run) => isTold(run) || run.said.includes('report it'))).toEqual([]);
        expect(logged()).not.toContain(CANARY);
      },
    ),
    { numRuns: 2, endOnFailure: true },
  );
}, 120_000);

function logged(): string {
  const folder = join(stage.folder, 'data');
  // Only a sync that finds its database makes it.
  const names = (existsSync(folder) ? readdirSync(folder) : []).filter((name) => name.endsWith('.log'));
  return names.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
}

test.each([
  ['PGTARGETSESSIONATTRS', 'standby', CONFIG],
  ['PGTARGETSESSIONATTRS', 'nonsense', CONFIG],
  ['PGTARGETSESSIONATTRS', 'any', NOTHING_TO_SHOW],
  ['PGCHANNELBINDING', 'require', CONFIG],
  ['PGSSLNEGOTIATION', 'direct', CONFIG],
  ['PGSSLMODE', 'nonsense', CONFIG],
  ['PGIDLE_TIMEOUT', 'x', NOTHING_TO_SHOW],
  ['PGMAX_LIFETIME', '0.001', NOTHING_TO_SHOW],
  ['PGMAX_PIPELINE', '0', NOTHING_TO_SHOW],
  ['PGPORT', 'x', NOTHING_TO_SHOW],
])('%s=%s is a clear error, or has no effect', async (name, value, code) => {
  // Nothing is synced yet, which is a status of its own.
  const shown = await stage.run(['show'], { env: { [name]: value } });
  expect(shown.code).toBe(code);
  if (code === CONFIG) expect(shown.stderr).toMatch(new RegExp(`${name} .*${value}.*Fix: `, 's'));
});

test.each(['x', '-c nonsense=canary0Secret', '-c statement_timeout=canary0Secret', '-c port=1'])(
  'session settings that the server refuses are a clear error: options=%s',
  async (options) => {
    const DATABASE_URL = `${stage.env['DATABASE_URL'] ?? ''}?options=${encodeURIComponent(options)}`;
    const { code, stderr } = await stage.run(['show'], { env: { DATABASE_URL } });
    expect({ code, stderr }).toMatchObject({ code: CONFIG });
    expect(stderr).toMatch(/refused the parameter options in DATABASE_URL\n {2}Fix: Correct or remove it/);
    expect(stderr).not.toContain(CANARY);
  },
);

test('PGPASSWORD is the password of a URL that has none, and is never printed', async () => {
  const whole = new URL(urlOf(await server.createDatabase()));
  whole.password = '';
  const env = { DATABASE_URL: whole.href, PGPASSWORD: 'postgres' };
  expect((await stage.run(['show'], { env })).stderr).toMatch(/no portfolio|never synced|nothing/i);
  const wrong = await stage.run(['show'], { env: { ...env, PGPASSWORD: CANARY } });
  expect(wrong.stderr).toContain('password');
  expect(wrong.stderr).not.toContain(CANARY);
});
