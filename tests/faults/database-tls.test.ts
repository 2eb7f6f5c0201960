import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import postgres from 'postgres';
import type { ServerSettings } from '../../src/models/settings.js';
import { type Certificate, createAuthority, selfSigned } from '../support/certificates.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { startRudeServer } from '../support/rude-server.js';
import { fill, openStage, QUIET, SINCE, type Stage } from '../support/stage.js';
import { startTlsServer, type TlsServer } from '../support/tls-server.js';
import { urlOf } from '../support/urls.js';

const authority = createAuthority('our authority');
const stranger = createAuthority('a stranger');
const namesake = createAuthority('our authority');

const right = authority.issue({ names: ['localhost'], addresses: ['127.0.0.1'] });
const otherName = authority.issue({ names: ['db.example.com'] });
const nameAlone = authority.issue({ names: ['localhost'] });
const ofStranger = stranger.issue({ names: ['localhost'] });
const ofNamesake = namesake.issue({ names: ['localhost'] });
const expired = authority.issue({ names: ['localhost'], days: -1 });
const alone = selfSigned({ names: ['localhost'] });

let server: TlsServer;
let plain: TestServer;
let settings: ServerSettings;
let stage: Stage;

beforeAll(async () => {
  [server, plain] = await Promise.all([startTlsServer(), startPostgres()]);
});
afterAll(async () => {
  await Promise.all([server.stop(), plain.stop()]);
});
beforeEach(async () => {
  settings = { ...(await server.createDatabase()), host: 'localhost', user: 'app', password: 'canaryDb' };
  const admin = postgres(urlOf({ ...settings, user: 'postgres', password: 'postgres' }), { max: 1 });
  await admin`select from pg_roles where rolname = 'app'`.then(({ length }) =>
    length > 0 ? undefined : admin`create role app superuser login password 'canaryDb'`,
  );
  await admin.end();
  stage = await openStage(settings);
  fill(stage.account, stage.simulator.world.now());
  writeFileSync(join(stage.folder, 'ca.pem'), authority.certificate);
  writeFileSync(join(stage.folder, 'alone.pem'), alone.certificate);
});
afterEach(async () => {
  await stage.end();
});

interface Case {
  readonly shown: Certificate;
  /** What is added to the URL. */
  readonly query?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly host?: string;
}

async function syncOver({ shown, query = '', env = {}, host = 'localhost' }: Case) {
  await server.present(shown);
  const DATABASE_URL = `${urlOf({ ...settings, host })}${query}`;
  const result = await stage.run(['sync', ...SINCE], { env: { DATABASE_URL, ...env } });
  expect(result.stderr).not.toContain('canaryDb');
  return result;
}

describe('TLS to the database is taken', () => {
  test.each<[string, Case]>([
    ['of the right authority and name, by URL', { shown: right, query: '?sslrootcert=ca.pem' }],
    ['of the right authority and name, by PGSSLROOTCERT', { shown: right, env: { PGSSLROOTCERT: 'ca.pem' } }],
    [
      'with the mode and the authority in variables',
      { shown: right, env: { PGSSLMODE: 'verify-full', PGSSLROOTCERT: 'ca.pem' } },
    ],
    [
      'where an address is in the certificate',
      { shown: right, host: '127.0.0.1', query: '?sslrootcert=ca.pem' },
    ],
    ['where the self-signed certificate itself was named', { shown: alone, query: '?sslrootcert=alone.pem' }],
    ['unverified where sslmode=require names no authority', { shown: ofStranger, query: '?sslmode=require' }],
  ])('%s', async (_title, given) => {
    expect(await syncOver(given)).toMatchObject({ code: 0, stderr: QUIET });
  });
});

describe('TLS to the database is refused with the cause and the fix', () => {
  const ca = '?sslrootcert=ca.pem';
  test.each<[string, Case, RegExp]>([
    [
      'another name',
      { shown: otherName, query: ca },
      /not for localhost.*db\.example\.com.*\n.*Connect by a name/s,
    ],
    [
      'an address that is not in it',
      { shown: nameAlone, query: ca, host: '127.0.0.1' },
      /not for 127\.0\.0\.1/,
    ],
    ['self-signed', { shown: alone, query: '?sslmode=verify-full' }, /self-signed.*PGSSLROOTCERT/s],
    [
      'an authority that nobody named',
      { shown: right, query: '?sslmode=verify-full' },
      /authority is unknown.*PGSSLROOTCERT/s,
    ],
    ['another authority', { shown: ofStranger, query: ca }, /authority is unknown here.*PGSSLROOTCERT/s],
    [
      'another authority of the same name',
      { shown: ofNamesake, query: ca },
      /another authority of the same name/,
    ],
    ['expired', { shown: expired, query: ca }, /has expired.*Renew/s],
    [
      'another authority, with require and one named',
      { shown: ofStranger, query: `${ca}&sslmode=require` },
      /unknown here/,
    ],
    [
      'a server that demands TLS of a client without',
      { shown: right, query: '?sslmode=disable' },
      /no encryption.*PGSSLMODE/s,
    ],
    [
      'a root certificate that is not there',
      { shown: right, env: { PGSSLROOTCERT: 'nowhere.pem' } },
      /nowhere\.pem cannot be read/,
    ],
  ])('%s', async (_title, given, said) => {
    const result = await syncOver(given);
    expect(result).toMatchObject({ code: 78, stdout: '' });
    expect(result.stderr).toMatch(said);
    expect(result.stderr).toContain('Fix:');
  });

  test('a server without TLS', async () => {
    const DATABASE_URL = `${urlOf(await plain.createDatabase())}?sslmode=require`;
    const result = await stage.run(['sync'], { env: { DATABASE_URL } });
    expect(result).toMatchObject({
      code: 78,
      stderr: expect.stringMatching(/does not support TLS, which is required.*sslmode=disable/s) as unknown,
    });
  });
});

describe('a server that breaks off the agreement on TLS', () => {
  test.each<[string, (socket: Socket) => unknown, RegExp]>([
    [
      'by hanging up at the question',
      (socket) => socket.once('data', () => socket.destroy()),
      /closed the connection|ECONNRESET/,
    ],
    [
      'by hanging up after its yes',
      (socket) => socket.once('data', () => socket.end('S')),
      /was lost|TLS handshake failed/,
    ],
    [
      'by a word more than its yes',
      (socket) => socket.once('data', () => socket.write('S and more')),
      /no TLS response from the server/,
    ],
  ])('%s ends with 74', async (_title, behave, said) => {
    expect(await syncWith(behave)).toMatchObject({
      code: 74,
      stderr: expect.stringMatching(said) as unknown,
    });
  });

  test('by silence, before or after its yes, ends in time with 74', async () => {
    const both = [
      syncWith(() => undefined),
      syncWith((socket) => socket.once('data', () => socket.write('S'))),
    ];
    for (const result of await Promise.all(both)) {
      expect(result).toMatchObject({
        code: 74,
        stderr: expect.stringContaining('no response within 10 s') as unknown,
      });
    }
  });
});

async function syncWith(behave: (socket: Socket) => unknown) {
  const rude = await startRudeServer(behave);
  const DATABASE_URL = `postgres://u:p@127.0.0.1:${rude.port}/x?sslmode=require`;
  const result = await stage.run(['sync'], { env: { DATABASE_URL } });
  rude.close();
  return result;
}
