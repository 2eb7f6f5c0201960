import { describe, expect, test } from '@jest/globals';
import { parseDatabase } from '../../src/config/database-settings.js';
import { parseDuration } from '../../src/config/duration.js';
import { createMask, createRedaction } from '../../src/redaction.js';

describe('database settings', () => {
  test('nothing set means the embedded database in the data directory', () => {
    expect(parseDatabase({ XDG_DATA_HOME: '/data' })).toEqual({
      ok: true,
      value: { kind: 'embedded', directory: '/data/exchange-sync/database' },
    });
  });

  test('as soon as one DB_ variable is set the others have their defaults', () => {
    expect(parseDatabase({ DB_NAME: 'mine' })).toMatchObject({
      value: {
        host: 'localhost',
        port: 5432,
        user: 'postgres',
        password: 'postgres',
        database: 'mine',
        tls: { mode: 'off' },
      },
    });
  });

  test('a URL is taken apart and its percent signs decoded', () => {
    expect(parseDatabase({ DATABASE_URL: 'postgresql://u%40x:p%2Fw@[::1]:6000/db' })).toMatchObject({
      value: { host: '::1', port: 6000, user: 'u@x', password: 'p/w', database: 'db' },
    });
  });

  test.each([
    ['a host elsewhere is verified', 'postgres://u:p@db.example.com/x', 'verify'],
    [
      'require without a certificate encrypts only',
      'postgres://u:p@db.example.com/x?sslmode=require',
      'unverified',
    ],
    ['disable is believed', 'postgres://u:p@db.example.com/x?sslmode=disable', 'off'],
    ['this machine needs none', 'postgres://u:p@localhost/x', 'off'],
    ['verify-full is verified here too', 'postgres://u:p@localhost/x?sslmode=verify-full', 'verify'],
  ])('TLS: %s', (_title, DATABASE_URL, mode) => {
    expect(parseDatabase({ DATABASE_URL })).toMatchObject({ value: { tls: { mode } } });
  });

  test.each([
    ['both ways at once', { DATABASE_URL: 'postgres://h/x', DB_HOST: 'h' }],
    ['no URL', { DATABASE_URL: 'canary' }],
    ['another program', { DATABASE_URL: 'mysql://h/x' }],
    ['a percent sign that encodes nothing', { DATABASE_URL: 'postgres://u:100%canary@h/x' }],
    ['a certificate that is none', { DATABASE_URL: 'postgres://h/x?sslrootcert=package.json' }],
    ['a port that is none', { DB_PORT: '70000' }],
    ['a mode nobody knows', { DB_HOST: 'h', PGSSLMODE: 'maybe' }],
    ['a certificate that is not there', { DATABASE_URL: 'postgres://h/x?sslrootcert=/nowhere.pem' }],
  ])('refused with a fix: %s', (_title, env) => {
    const parsed = parseDatabase(env);
    expect(parsed.ok).toBe(false);
    expect(JSON.stringify(parsed)).not.toContain('canary');
  });
});

describe('durations', () => {
  test.each([
    ['90s', 90_000],
    ['45m', 2_700_000],
    ['12h', 43_200_000],
    ['30d', 2_592_000_000],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each(['', '0m', '5', '-5m', '5 m', '1.5h', 'm'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe('redaction', () => {
  const redact = createRedaction(['canary/secret+1', 'abc']);

  test.each([
    'plain canary/secret+1 here',
    'encoded canary%2Fsecret%2B1',
    'https://api.example.com/v5/x?a=1&sign=canary',
    'X-BAPI-SIGN: canary',
    '{"signature":"canary"}',
    'error sign! origin_string[1764canary5000]',
    'postgres://user:canary@host/db',
  ])('%s', (text) => {
    expect(redact(text)).not.toContain('canary');
  });

  const secret = 'canary/secret+1~x';
  const encodings: readonly (readonly [string, string])[] = [
    ['base64', Buffer.from(secret).toString('base64')],
    ['base64 of a text that holds it', Buffer.from(`key:${secret}:1764000000000`).toString('base64')],
    ['base64 that begins a byte later', Buffer.from(`k:${secret}`).toString('base64')],
    ['base64 for URLs', Buffer.from(`>>${secret}??`).toString('base64url')],
    ['hexadecimal', Buffer.from(`a${secret}`).toString('hex')],
    ['hexadecimal in capitals', Buffer.from(secret).toString('hex').toUpperCase()],
    ['JSON with escaped slashes', JSON.stringify(secret).replaceAll('/', '\\/')],
    ['a URL', encodeURIComponent(secret)],
    ['a URL in lower case', encodeURIComponent(secret).replaceAll('%2F', '%2f').replaceAll('%2B', '%2b')],
  ];

  test.each(encodings)('a secret in %s is masked', (_title, text) => {
    const masked = createRedaction([secret])(text);
    expect(masked).toContain('[redacted]');
    expect(masked.length - '[redacted]'.length).toBeLessThan(28);
  });

  test('data keeps all but the secret, and what looks signed stays in it', () => {
    const mask = createMask([secret, '1234567']);
    expect(mask(`{"sign":"x","note":"${secret}","id":"91234567"}`)).toBe(
      '{"sign":"x","note":"[redacted]","id":"91234567"}',
    );
  });

  test('words that hold a short secret are left alone', () => {
    expect(redact('abcdef')).toBe('abcdef');
  });
});
