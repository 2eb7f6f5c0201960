import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAccounts } from '../../src/config/accounts.js';
import { parseDatabase } from '../../src/config/database-settings.js';
import { parseMonitoring } from '../../src/config/monitoring-settings.js';
import type { Env } from '../../src/config/env.js';
import { readSecret, secretsIn } from '../../src/config/secrets.js';

let folder: string;
let credentials: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exchange-sync-secrets-'));
  credentials = join(folder, 'credentials');
  mkdirSync(credentials);
  writeFileSync(join(credentials, 'bybit_api_key'), 'canaryCredentialKey\n');
  writeFileSync(join(credentials, 'bybit_sub1_api_key'), 'canarySubKey\n');
  writeFileSync(join(credentials, 'database_url'), 'postgres://u:canaryDb@localhost/x\n');
  writeFileSync(join(folder, 'secret'), '\uFEFFcanaryFile\r\n');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const NAMES = [
  'BYBIT_API_KEY',
  'BYBIT_API_SECRET',
  'BINANCE_SUB1_API_PASSWORD',
  'DATABASE_URL',
  'DB_PASS',
  'EXCHANGE_SYNC_PING_URL',
];

describe.each(NAMES)('%s', (name) => {
  test('comes by variable, by file, or as a credential of systemd in lower case', () => {
    writeFileSync(join(credentials, name.toLowerCase()), 'canaryCredential\n');
    expect(readSecret({ [name]: 'canaryVariable' }, name)).toEqual({ ok: true, value: 'canaryVariable' });
    const file = { [`${name}_FILE`]: join(folder, 'secret') };
    expect(readSecret(file, name)).toEqual({ ok: true, value: 'canaryFile' });
    const env = { CREDENTIALS_DIRECTORY: credentials };
    expect(readSecret(env, name)).toEqual({ ok: true, value: 'canaryCredential' });
    expect(readSecret({}, name)).toEqual({ ok: true, value: undefined });
    const both = { ...env, [`${name}_FILE`]: join(credentials, name.toLowerCase()) };
    expect(readSecret(both, name)).toEqual({ ok: true, value: 'canaryCredential' });
    rmSync(join(credentials, name.toLowerCase()));
  });

  test('in two places is refused: both are named, no value is', () => {
    const file = `${name}_FILE`;
    expect(problemOf({ [name]: 'canaryA', [file]: '/canary/b' }, name)).toBe(
      `${name} and ${file} are both set | Keep one of them.`,
    );
    writeFileSync(join(credentials, name.toLowerCase()), 'canaryC');
    const credential = `the credential ${name.toLowerCase()}`;
    const CREDENTIALS_DIRECTORY = credentials;
    expect(problemOf({ [name]: 'canaryA', CREDENTIALS_DIRECTORY }, name)).toContain(
      `${name} and ${credential}`,
    );
    expect(problemOf({ [file]: '/b', CREDENTIALS_DIRECTORY }, name)).toContain(`${file} and ${credential}`);
    rmSync(join(credentials, name.toLowerCase()));
  });

  test('in a file without an end, or larger than any secret, is refused', () => {
    const large = join(folder, 'large');
    writeFileSync(large, 'x'.repeat(65_537));
    for (const path of ['/dev/zero', folder, large]) {
      const file = `${name}_FILE`;
      expect(problemOf({ [file]: path }, name)).toContain(
        `${file} cannot be read | It must name a regular file of at most`,
      );
    }
  });

  test('put where its file should be named is not said', () => {
    const said = problemOf({ [`${name}_FILE`]: 'canarySecretInTheWrongPlace' }, name);
    expect(said).toContain(`${name}_FILE cannot be read`);
    expect(said).not.toContain('canary');
  });

  test('is known to what takes secrets out of every text, wherever it comes from', () => {
    const env = { [name]: 'canaryA', [`${name}_FILE`]: join(folder, 'secret') };
    expect(secretsIn(env)).toEqual([
      [name, 'canaryA'],
      [name, 'canaryFile'],
    ]);
  });
});

function problemOf(env: Env, name: string): string {
  const parsed = readSecret(env, name);
  return parsed.ok ? '' : parsed.problems.map(({ what, fix }) => `${what} | ${fix}`).join();
}

test('accounts whose keys are credentials alone are found, and their keys used', () => {
  writeFileSync(join(credentials, 'bybit_api_key'), 'canaryCredentialKey\n');
  const env = {
    CREDENTIALS_DIRECTORY: credentials,
    BYBIT_API_SECRET: 'canaryS',
    BYBIT_SUB1_API_SECRET: 'canaryT',
  };
  expect(parseAccounts(env, undefined, { selected: [], supported: ['bybit'] })).toMatchObject({
    value: {
      accounts: [
        { id: 'bybit', credentials: { apiKey: 'canaryCredentialKey', secret: 'canaryS' } },
        { id: 'bybit/sub1', credentials: { apiKey: 'canarySubKey' } },
      ],
    },
  });
});

test('the database and the monitor come by file too, and two places of theirs are told', () => {
  writeFileSync(join(folder, 'ping'), 'https://hc-ping.com/canaryPing\n');
  writeFileSync(join(folder, 'url'), 'postgres://me:canaryDb@localhost/x\n');
  expect(parseDatabase({ DATABASE_URL_FILE: join(folder, 'url') })).toMatchObject({
    value: { user: 'me', password: 'canaryDb' },
  });
  expect(parseDatabase({ DB_PASS_FILE: join(folder, 'secret') })).toMatchObject({
    value: { kind: 'server', host: 'localhost', password: 'canaryFile' },
  });
  const monitoring = parseMonitoring({ EXCHANGE_SYNC_PING_URL_FILE: join(folder, 'ping') });
  expect(monitoring.ok && monitoring.value.pingUrl?.pathname).toBe('/canaryPing');
  expect(parseDatabase({ DATABASE_URL: 'x', DATABASE_URL_FILE: 'y' }).ok).toBe(false);
  expect(parseMonitoring({ EXCHANGE_SYNC_PING_URL: 'x', EXCHANGE_SYNC_PING_URL_FILE: 'y' }).ok).toBe(false);
});
