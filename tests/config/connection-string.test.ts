import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { passwordsIn } from '../../src/config/connection-string.js';
import { parseDatabase } from '../../src/config/database-settings.js';
import { createRedaction } from '../../src/redaction.js';

describe('DATABASE_URL is read as libpq reads it', () => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['postgres://u:p@h/d', { host: 'h', port: 5432, user: 'u', password: 'p', database: 'd' }],
    ['postgresql://u:p%2F%3F%23%5B%40w@h:6000/d', { port: 6000, password: 'p/?#[@w' }],
    ['POSTGRES://u:p@h/d', { host: 'h' }],
    ['postgres://h', { user: 'postgres', password: '', database: 'postgres' }],
    ['postgres://u:a:b@h/d', { password: 'a:b' }],
    ['postgres://u@[::1]:6000/d', { host: '::1', port: 6000, user: 'u' }],
    ['postgres://u@[::1]/d', { host: '::1', port: 5432 }],
    [
      'postgres://u:p@x/y?host=h&port=6000&user=v&password=q&dbname=d',
      { host: 'h', port: 6000, user: 'v', password: 'q', database: 'd' },
    ],
    ['postgresql:///d?host=/var/run/postgresql', { host: '/var/run/postgresql', tls: { mode: 'off' } }],
    [
      'postgresql://%2Fvar%2Frun%2Fpostgresql/d?sslmode=verify-full',
      { host: '/var/run/postgresql', tls: { mode: 'off' } },
    ],
    ['postgresql://u@%2Ftmp:6000/d', { host: '/tmp', port: 6000, user: 'u' }],
    [
      'host=h port=6000 user=u password=p dbname=d',
      { host: 'h', port: 6000, user: 'u', password: 'p', database: 'd' },
    ],
    ["host = h password = 'a b\\'c\\\\' dbname=d", { password: "a b'c\\", database: 'd' }],
    ['host=h password=a\\ b', { password: 'a b' }],
    ['host=/var/run/postgresql dbname=d', { host: '/var/run/postgresql' }],
    ['postgres://h/d?sslmode=prefer', { tls: { mode: 'preferred' } }],
    ['postgres://h/d?sslmode=allow', { tls: { mode: 'preferred' } }],
    ['postgres://h/d?sslmode=disable', { tls: { mode: 'off' } }],
    ['postgres://h/d?sslmode=require', { tls: { mode: 'unverified' } }],
    ['postgres://h/d?ssl=true', { tls: { mode: 'unverified' } }],
    ['postgres://h/d?sslmode=verify-ca', { tls: { mode: 'verify' } }],
    ['postgres://h/d?connect_timeout=3', { session: { connectTimeoutMs: 3000 } }],
    ['postgres://h/d?connect_timeout=0', { session: {} }],
    ['postgres://h/d?application_name=me', { session: { applicationName: 'me' } }],
    [
      'postgres://h/d?options=-c%20statement_timeout%3D9s',
      { session: { startupOptions: '-c statement_timeout=9s' } },
    ],
    [
      'postgres://h/d?keepalives=1&schema=public&channel_binding=prefer&target_session_attrs=read-write',
      { host: 'h' },
    ],
  ])('%s', (DATABASE_URL, expected) => {
    expect(parseDatabase({ DATABASE_URL })).toMatchObject({ ok: true, value: expected });
  });

  test.each<[string, RegExp]>([
    ['postgres://h1,h2/d', /names several hosts/],
    ['postgres://h1:1,h2:2/d', /several hosts|not a PostgreSQL URL/],
    ['host=h1,h2 dbname=d', /names several hosts/],
    ['postgres:///d', /names no host/],
    ['dbname=d', /names no host/],
    ['postgres://h/d?hostaddr=10.0.0.1', /the parameter hostaddr .* is not supported/],
    ['postgres://h/d?channel_binding=require', /the parameter channel_binding .*verify-full/],
    ['postgres://h/d?target_session_attrs=standby', /target_session_attrs/],
    ['postgres://h/d?sslcert=x&sslkey=y', /sslcert.*sslkey/s],
    ['service=mine', /the parameter service/],
    ['postgres://h/d?canary=1', /a parameter that is not known/],
    ['postgres://h/d?sslmode=canary', /the sslmode in DATABASE_URL is not known/],
    ['postgres://h/d?sslrootcert=/canary', /the root certificate in DATABASE_URL cannot be read/],
    ['postgres://h/d?connect_timeout=canary', /connect_timeout .* is not a number of seconds/],
    ['postgres://u:canary/d', /the port|not a PostgreSQL URL/],
    ['postgres://h:0/d', /the port in DATABASE_URL is not a port/],
    ['postgres://h:70000/d', /the port in DATABASE_URL is not a port/],
    ['mysql://u:canary@h/d', /not a PostgreSQL URL/],
    ['postgresql+asyncpg://u:canary@h/d', /not a PostgreSQL URL/],
    ['canary', /not a PostgreSQL URL/],
    ["host=h password='canary", /not a PostgreSQL URL/],
    ['host=h password=canary word', /not a PostgreSQL URL/],
    ['postgres://u:100%canary@h/d', /not a PostgreSQL URL/],
    ['postgres://u:canary%00@h/d', /not a PostgreSQL URL/],
    ...['/', '?', '#', '[', '@'].map((sign): [string, RegExp] => [
      `postgres://u:first${sign}canary@h/d`,
      /DATABASE_URL is not a PostgreSQL URL/,
    ]),
  ])('or is refused by name: %s', (DATABASE_URL, said) => {
    const parsed = parseDatabase({ DATABASE_URL });
    const told = parsed.ok ? 'taken' : parsed.problems.map(({ what, fix }) => `${what} | ${fix}`).join('\n');
    expect(told).toMatch(said);
    expect(told).not.toMatch(/canary|first/);
  });
});

describe('no part of a password', () => {
  const part = fc.string({
    unit: fc.constantFrom(...'a b / ? # [ ] @ : % & = + , \\ \' " $'.split(' '), ' '),
    maxLength: 6,
  });
  const password = fc.tuple(part, part).map(([before, after]) => `${before}canarySecret${after}`);
  const tail = fc.constantFrom(
    '',
    '/d',
    '/d?sslmode=disable',
    '/d?nonsense=1',
    ':70000/d',
    ',h2/d',
    '?host=/tmp',
  );
  const form = fc.constantFrom<(secret: string, tail: string) => string>(
    (secret, end) => `postgres://user:${secret}@host${end}`,
    (secret, end) => `postgresql://user:${encodeURIComponent(secret)}@host${end}`,
    (secret, end) => `postgres://${secret}@host${end}`,
    (secret, end) => `postgres://user:${secret}${end}`,
    (secret) => `postgres://host/d?password=${secret}`,
    (secret) => `host=host password=${secret} dbname=d`,
    (secret) => `host=host dbname=d password='${secret}'`,
    (secret) => `mysql://user:${secret}@host/d`,
    (secret) => secret,
  );

  test('is in a problem, wherever it is and whatever signs it has', () => {
    fc.assert(
      fc.property(form, password, tail, (write, secret, end) => {
        const parsed = parseDatabase({ DATABASE_URL: write(secret, end) });
        if (!parsed.ok) expect(JSON.stringify(parsed.problems)).not.toContain('canary');
      }),
      { numRuns: 2_000 },
    );
  });

  test('is in a text after redaction, as it is written and as it is meant', () => {
    fc.assert(
      fc.property(form, password, tail, (write, secret, end) => {
        const url = write(secret, end);
        const redact = createRedaction(passwordsIn(url));
        const parsed = parseDatabase({ DATABASE_URL: url });
        const meant = parsed.ok && parsed.value.kind === 'server' ? parsed.value.password : '';
        expect(redact(`cannot reach ${url}`)).not.toContain('canary');
        expect(redact(`the password ${meant} was refused`)).not.toContain('canary');
      }),
      { numRuns: 2_000 },
    );
  });

  test('of a URL in any text is left, and the example of our own messages is', () => {
    const redact = createRedaction([]);
    expect(redact('at postgres://user:pa/ss?w#o[r]d@x@host/d')).toBe('at postgres://[redacted]@host/d');
    expect(redact('postgres://USER:PASSWORD@HOST:5432/DATABASE')).toBe(
      'postgres://USER:PASSWORD@HOST:5432/DATABASE',
    );
  });
});
