import { describe, expect, test } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAccounts } from '../../src/config/accounts.js';
import type { Env } from '../../src/config/env.js';
import { readEnv } from '../../src/config/read-env.js';
import { SUPPORTED_EXCHANGES } from '../../src/models/exchanges.js';

const KEYS: Env = { BYBIT_API_KEY: 'key-1', BYBIT_API_SECRET: 'secret-1' };
const request = (...selected: string[]) => ({ selected, supported: ['bybit', 'binance'] });

function problems(env: Env, ...selected: string[]): string {
  const parsed = parseAccounts(env, undefined, request(...selected));
  return parsed.ok ? '' : parsed.problems.map(({ what, fix }) => `${what} | ${fix}`).join('\n');
}

describe('accounts', () => {
  test('every account that has a key is taken when none is named', () => {
    const env = { ...KEYS, BYBIT_SUB1_API_KEY: 'key-2', BYBIT_SUB1_API_SECRET: 'secret-2' };
    const parsed = parseAccounts(env, undefined, request());
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        accounts: [
          { id: 'bybit', exchange: 'bybit', environment: 'live', credentials: { apiKey: 'key-1' } },
          { id: 'bybit/sub1', exchange: 'bybit', credentials: { apiKey: 'key-2', secret: 'secret-2' } },
        ],
        refused: [],
      },
    });
  });

  test('EXCHANGE_SYNC_EXCHANGES narrows them, and an option wins over it', () => {
    const env = {
      ...KEYS,
      BYBIT_SUB1_API_KEY: 'k',
      BYBIT_SUB1_API_SECRET: 's',
      EXCHANGE_SYNC_EXCHANGES: 'bybit/sub1',
    };
    expect(parseAccounts(env, undefined, request())).toMatchObject({
      value: { accounts: [{ id: 'bybit/sub1' }] },
    });
    expect(parseAccounts(env, undefined, request('bybit'))).toMatchObject({
      value: { accounts: [{ id: 'bybit' }] },
    });
  });

  test('an unknown exchange is answered with the nearest match', () => {
    expect(problems(KEYS, 'bibyt')).toContain('Did you mean bybit?');
    expect(problems(KEYS, 'bibyt/sub1')).toContain('Did you mean bybit/sub1?');
    expect(problems(KEYS, 'quadriga')).not.toContain('Did you mean');
  });

  test.each([
    ['missing', { BYBIT_API_KEY: 'key-1' }, 'BYBIT_API_SECRET is missing or blank'],
    ['blank', { ...KEYS, BYBIT_API_SECRET: '  ' }, 'BYBIT_API_SECRET is missing or blank'],
    ['quoted', { ...KEYS, BYBIT_API_SECRET: '"canary"' }, 'BYBIT_API_SECRET has quotation marks'],
    [
      'set twice',
      { ...KEYS, BYBIT_API_SECRET_FILE: '/x' },
      'BYBIT_API_SECRET and BYBIT_API_SECRET_FILE are both set',
    ],
    [
      'in a file that is not there',
      { BYBIT_API_KEY: 'k', BYBIT_API_SECRET_FILE: '/nowhere' },
      'BYBIT_API_SECRET_FILE cannot be read',
    ],
    [
      'testnet neither true nor false',
      { ...KEYS, BYBIT_TESTNET: 'perhaps' },
      'BYBIT_TESTNET is neither true nor false',
    ],
    ['two worlds at once', { ...KEYS, BYBIT_TESTNET: 'true', BYBIT_DEMO: 'true' }, 'are both true'],
    [
      'an address without TLS',
      { ...KEYS, BYBIT_BASE_URL: 'http://api.bybit.com' },
      'BYBIT_BASE_URL is not a valid URL',
    ],
  ])('a secret or setting that is %s is named, its value never said', (_case, env, expected) => {
    const said = problems(env, 'bybit');
    expect(said).toContain(expected);
    expect(said).not.toContain('canary');
  });

  test('nothing configured says how to make a key at each exchange, which variables to set and what to run', () => {
    const said = problems({});
    for (const step of ['Read-Only', 'Enable Reading', 'exchange-sync sync', 'exchange-sync show']) {
      expect(said).toContain(step);
    }
    for (const exchange of SUPPORTED_EXCHANGES) {
      expect(said).toContain(`${exchange.toUpperCase()}_API_KEY and ${exchange.toUpperCase()}_API_SECRET`);
    }
    expect(said.split('\n').length).toBeLessThanOrEqual(10);
  });

  test('one key for two accounts is refused, for its coins would count twice; two exchanges may have alike keys', () => {
    const env = { ...KEYS, BYBIT_SUB1_API_KEY: 'key-1', BYBIT_SUB1_API_SECRET: 'secret-1' };
    expect(problems(env)).toBe(
      'bybit and bybit/sub1 have the same API key: the same coins would count twice | ' +
        'Give BYBIT_SUB1_API_KEY the key of another account, or remove it.',
    );
    expect(problems(env, 'bybit/sub1')).toBe('');
    expect(problems({ ...KEYS, BINANCE_API_KEY: 'key-1', BINANCE_API_SECRET: 'secret-1' })).toBe('');
  });

  test.each([
    ...['true', 'True', 'TRUE', ' yes ', 'on', '1'].map((text) => [text, 'testnet']),
    ...['false', 'False', 'no', 'OFF', '0', ''].map((text) => [text, 'live']),
  ])('BYBIT_TESTNET=%j means %s', (text, environment) => {
    expect(parseAccounts({ ...KEYS, BYBIT_TESTNET: text }, undefined, request())).toMatchObject({
      value: { accounts: [{ environment }] },
    });
  });

  test('an account that cannot be used costs that account: the others are used', () => {
    const env = { ...KEYS, BYBIT_SUB1_API_KEY: 'k', EXCHANGE_SYNC_EXCHANGES: 'bybit,kraken,bybit/sub1' };
    expect(parseAccounts(env, undefined, request())).toMatchObject({
      ok: true,
      value: {
        accounts: [{ id: 'bybit' }],
        refused: [
          { id: 'kraken', problems: [{ what: 'kraken is not supported' }] },
          { id: 'bybit/sub1', problems: [{ what: 'BYBIT_SUB1_API_SECRET is missing or blank' }] },
        ],
      },
    });
  });

  test('all problems of all accounts come together', () => {
    expect(problems({ BYBIT_API_KEY: 'k' }, 'bybit', 'bybit/sub1').split('\n')).toHaveLength(3);
  });
});

describe('.env', () => {
  const HOME = { HOME: '/nowhere' };

  function folderWith(text: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'env-'));
    writeFileSync(join(folder, '.env'), text, { mode: 0o600 });
    return folder;
  }

  test('a byte-order mark does not become part of the first name', () => {
    expect(readEnv(HOME, folderWith('\uFEFFBYBIT_API_KEY=abc\n')).env['BYBIT_API_KEY']).toBe('abc');
  });

  test('the real environment wins over the file', () => {
    const folder = folderWith('EXCHANGE_SYNC_LOG_LEVEL=warn\nA=file\nB=file');
    expect(readEnv({ ...HOME, A: 'real' }, folder).env).toMatchObject({ A: 'real', B: 'file' });
  });

  test('a secret that an unquoted # cuts short is refused by name', () => {
    const { env, file } = readEnv(HOME, folderWith("BYBIT_API_KEY='a#b'\nBYBIT_API_SECRET=front#canary\n"));
    const parsed = parseAccounts(env, file, request('bybit'));
    expect(parsed.ok ? [] : parsed.problems.map(({ what }) => what)).toEqual([
      expect.stringContaining('BYBIT_API_SECRET'),
    ]);
    expect(JSON.stringify(parsed)).not.toContain('canary');
  });

  test('a file that others can read is noticed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'env-'));
    writeFileSync(join(folder, '.env'), 'BYBIT_API_KEY=1', { mode: 0o644 });
    expect(readEnv(HOME, folder).file?.readableByOthers).toBe(true);
    expect(readEnv(HOME, folderWith('BYBIT_API_KEY=1')).file?.readableByOthers).toBe(false);
  });
});
