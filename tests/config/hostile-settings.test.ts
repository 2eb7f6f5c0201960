import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { amount, duration, lineCount, pastDate, period } from '../../src/cli/options.js';
import { parseAccounts } from '../../src/config/accounts.js';
import { parseDatabase } from '../../src/config/database-settings.js';
import type { Parsed } from '../../src/config/problems.js';
import { readEnv } from '../../src/config/read-env.js';
import { parseSettings } from '../../src/config/settings.js';
import { ExpectedError } from '../../src/errors.js';
import { SUPPORTED_EXCHANGES } from '../../src/models/exchanges.js';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
  fc.constantFrom(
    ...['constructor', '__proto__', '\0', '\ufeff', '\ud800', "'x'", '"', '#', '=', '%', '%zz', '999999999d'],
    ...[
      'https://a',
      'http://127.0.0.1:0',
      'https://u:p@h',
      'postgres://',
      'postgres://%zz@h/d',
      'postgres://h:0/',
    ],
    ...['-1', '0', '1e9', '65536', '0d', '1'.repeat(400), '2024-02-30', '0000-00-00', '9999-12-31', '../..'],
  ),
);

/** What may be said of; every one of them is named where it is wrong. */
const PLAIN = [
  ...['EXCHANGE_SYNC_LOG_LEVEL', 'REPORTING_CURRENCY', 'STABLECOINS', 'COST_METHOD', 'DEPOSIT_COST'],
  ...['GAP_COST', 'EXCHANGE_SYNC_ALLOW_WITHDRAW_KEYS', 'BYBIT_TESTNET', 'BYBIT_DEMO', 'BYBIT_BASE_URL'],
  ...['DB_HOST', 'DB_PORT', 'DB_USER', 'DB_NAME', 'PGSSLMODE', 'PGSSLROOTCERT', 'EXCHANGE_SYNC_EXCHANGES'],
  ...['HTTPS_PROXY', 'NODE_EXTRA_CA_CERTS', 'EXCHANGE_SYNC_METRICS_FILE', 'CREDENTIALS_DIRECTORY'],
];
const SECRETS = ['BYBIT_API_KEY', 'BYBIT_API_SECRET', 'DATABASE_URL', 'DB_PASS', 'EXCHANGE_SYNC_PING_URL'];

const entries = (names: readonly string[], value: fc.Arbitrary<string>) =>
  fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 8, noNullPrototype: true });

/** No word of a message, by its length and its signs. */
const secret = text.map((value) => `canary!${value}~Z9q`);

const PARSERS: readonly ((env: Record<string, string>) => Parsed<unknown>)[] = [
  parseSettings,
  parseDatabase,
  (env) => parseAccounts(env, undefined, { selected: [], supported: SUPPORTED_EXCHANGES }),
];

describe('settings of any text', () => {
  test('are taken, or refused in words that say what to do and hold no secret', () => {
    fc.assert(
      fc.property(entries(PLAIN, text), entries(SECRETS, secret), (plain, secrets) => {
        for (const parse of PARSERS) {
          const parsed = parse({ ...plain, ...secrets });
          if (parsed.ok) continue;
          for (const { what, fix } of parsed.problems) {
            expect([what.length > 0, fix.length > 0]).toEqual([true, true]);
            expect(`${what}\n${fix}`).not.toMatch(/canary!|~Z9q/);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test.each([...PLAIN.slice(0, 7), 'BYBIT_TESTNET', 'BYBIT_DEMO', 'BYBIT_BASE_URL', 'DB_PORT'])(
    '%s is named where its text does not fit',
    (name) => {
      const env = { BYBIT_API_KEY: 'k', BYBIT_API_SECRET: 's', [name]: '\0no\u001b such' };
      const problems = PARSERS.flatMap((parse) => {
        const parsed = parse(env);
        return parsed.ok ? [] : parsed.problems.map(({ what, fix }) => what + fix);
      });
      expect(problems).toEqual([expect.stringContaining(name)]);
    },
  );
});

describe('options of any text', () => {
  test.each([
    ['a duration', (value: string) => new Date(Date.now() - duration(value))],
    ['a period', (value: string) => period(value)],
    ['a count', (value: string) => lineCount(value)],
    ['a date', (value: string) => new Date(pastDate(value))],
    ['an amount', (value: string) => amount(value)],
  ])('%s is read, or refused as usage', (_title, read) => {
    const unit = fc.tuple(fc.nat(), fc.constantFrom('ms', 's', 'm', 'h', 'd')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(text, unit, fc.date({ noInvalidDate: true }).map(String)), (value) => {
        try {
          const found = read(value);
          // toISOString throws on what is no time.
          if (found instanceof Date) found.toISOString();
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidArgumentError);
        }
      }),
      { numRuns: 200 },
    );
  });

  test.each(['999999999d', '36526d'])('%s is longer than any time that there is', (value) => {
    expect(() => duration(value)).toThrow(InvalidArgumentError);
  });
});

describe('.env', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'exchange-sync-env-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const path = () => join(folder, '.env');
  const written = (content: string) => {
    rmSync(path(), { recursive: true, force: true });
    writeFileSync(path(), content, { mode: 0o600 });
    return readEnv({ HOME: folder }, folder);
  };

  test.each([
    ['a byte-order mark', '\uFEFFBYBIT_API_KEY=k'],
    ['line ends of Windows', 'A=1\r\nBYBIT_API_KEY=k\r\n'],
    ['line ends of old Macs', 'A=1\rBYBIT_API_KEY=k\r'],
    ['single quotes', "BYBIT_API_KEY='k'"],
    ['double quotes', 'BYBIT_API_KEY="k"'],
    ['names of every object', '__proto__=x\nconstructor=y\nBYBIT_API_KEY=k'],
    ['a line of a megabyte', `A=${'x'.repeat(1_000_000)}\nBYBIT_API_KEY=k`],
    ['a comment of a megabyte', `#${'# '.repeat(500_000)}\nBYBIT_API_KEY=k`],
  ])('with %s is read', (_title, content) => {
    const startedAt = performance.now();
    expect(written(content).env['BYBIT_API_KEY']).toBe('k');
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test('of any text is read, or is none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (content) => {
        // A NUL is in no text.
        if (content.includes('\0')) expect(() => written(content)).toThrow(ExpectedError);
        else expect(typeof written(content).env).toBe('object');
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    [
      'a folder',
      () => {
        mkdirSync(path());
      },
    ],
    [
      'a link to itself',
      () => {
        symlinkSync(path(), path());
      },
    ],
    [
      'a link through a file',
      () => {
        symlinkSync(join(folder, 'other', 'x'), path());
      },
    ],
  ])('that is %s is refused by its name, or is not there', (_title, make) => {
    rmSync(path(), { recursive: true, force: true });
    writeFileSync(join(folder, 'other'), '');
    make();
    let said: unknown;
    try {
      readEnv({ HOME: folder }, folder);
    } catch (error) {
      said = error;
    }
    expect(said).toBeInstanceOf(ExpectedError);
    expect(said).toMatchObject({
      kind: 'config',
      message: expect.stringContaining(`${path()} cannot be read: `) as unknown,
    });
  });
});
