import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import type { Fault } from '../simulator/faults.js';
import { PING_TOKEN, type PingServer, startPingServer } from '../support/ping-server.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { type OfferedLine, offeredLines } from '../support/offered.js';
import { fill, KEY, openStage, SECRET, SINCE, type Stage } from '../support/stage.js';
import { urlOf } from '../support/urls.js';

/** All that `show` can say, and all forms in which it says it: another of either is one word more. */
const SHOWN = [
  [],
  ['--group', 'asset'],
  ['--history', '7d'],
  ['--bridge', '24h'],
  ['--period', '7d'],
  ['--trades', 'BTC'],
] as const;
const FORMATS = ['table', 'json', 'csv', 'markdown', 'html'] as const;
/** What is the same in all forms. */
const CHOSEN = [
  ...['--sort value', '--sort asset', '--sort pnl', '--group account', '--privacy', '--min-value 1'],
  ...['--currency EUR', '--exchange bybit', '--history 7d --asset BTC', '--trades BTC --limit 1'],
];
const OTHERS = [
  ...CHOSEN.map((options) => `show ${options}`),
  ...['sync --json', 'sync --verbose', 'sync --quiet', 'sync --dry-run --json', 'sync --accept-empty'],
  ...['sync --exchange bybit --metrics-file other.prom', 'sync --help', 'show --help', 'check --help'],
  ...['check', 'check --format text', 'check --format json', 'check --offline', 'check --exchange bybit'],
  ...['check --max-age 1m', 'check --timeout 1m', 'show --timeout 1m', 'check --only database'],
  ...['check --skip database', 'export', 'export --help'],
  ...['sync --init', 'sync --env-file given', 'show --env-file given', 'check --env-file given'],
  ...['export --env-file given', 'account rename bybit/x bybit/y --env-file given'],
  ...['sync --accept-unexplained', 'check --format nagios', 'check --verbose', 'account --help'],
  ...['account remove bybit/x --yes', 'show --format csv --exact'],
  ...['text', 'json', 'csv', 'markdown', 'html'].map((format) => `sync --format ${format}`),
  ...['csv', 'markdown', 'html'].map((format) => `check --format ${format}`),
  ...['check --json', 'show --json'],
  ...['completion bash', 'completion zsh', 'completion fish', 'completion --help'],
  ...['--help', 'help', '--version', 'nonsense', 'show --nonsense'],
];

const WRONG = 'canaryWrongSecret0123456789';
const DATABASE_PASSWORD = 'canaryDatabasePassword';

let server: TestServer;
let monitor: PingServer;
let stage: Stage;
let database: Awaited<ReturnType<TestServer['createDatabase']>>;
const heard: string[] = [];
const commandLines: (readonly string[])[] = [];

beforeAll(async () => {
  [server, monitor] = await Promise.all([startPostgres(), startPingServer()]);
  database = await server.createDatabase();
  const admin = postgres(urlOf(database), { max: 1 });
  await admin`create role canary superuser login password ${admin.unsafe(`'${DATABASE_PASSWORD}'`)}`;
  await admin.end();
  database = { ...database, user: 'canary', password: DATABASE_PASSWORD };
  stage = await openStage(database);
  stage.env['EXCHANGE_SYNC_METRICS_FILE'] = join(stage.folder, 'exchange_sync.prom');
  stage.env['EXCHANGE_SYNC_PING_URL'] = monitor.url;
  fill(stage.account, stage.simulator.world.now());
  writeFileSync(join(stage.folder, 'given'), 'COST_METHOD=average\n', { mode: 0o600 });
});
afterAll(async () => {
  await stage.end();
  monitor.stop();
  await server.stop();
});

async function hear(args: readonly string[], env: Record<string, string> = {}): Promise<void> {
  const running = stage.start(args, { env: { EXCHANGE_SYNC_LOG_LEVEL: 'debug', ...env } });
  // What every user of the machine sees of a process.
  heard.push(readFileSync(`/proc/${running.child.pid ?? 0}/cmdline`, 'utf8'));
  commandLines.push(args);
  const result = await running.ended;
  heard.push(result.stdout, result.stderr);
}

const FAULTS: readonly Fault[] = [
  { kind: 'status', status: 403, times: 9 },
  { kind: 'status', status: 500, times: 2 },
  { kind: 'status', status: 429, headers: { 'Retry-After': '0' }, times: 2 },
  { kind: 'body', body: '<html>' },
  { kind: 'body', body: '{}' },
  { kind: 'reset' },
  { kind: 'resetBody' },
  { kind: 'retCode', code: 10004, message: `error sign! origin_string[1764${KEY}5000category=spot]` },
  { kind: 'retCode', code: 10001, message: `api_key=${KEY}&sign=canaryEchoedSignature0` },
  {
    kind: 'retCode',
    code: 10016,
    message: `https://api.bybit.com/v5/x?api_key=${KEY}&sign=canaryEchoedSignature1`,
  },
];

/** Refusals of one wallet, one stream and the key, each with all that it was sent. */
const ECHOED = `denied for ${KEY} with ${SECRET} ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}`;
const REFUSED = [
  '/v5/asset/transfer/query-account-coins-balance',
  '/v5/asset/deposit/query-record',
  '/v5/user/query-api',
];

test('no secret, key or signature is in any byte of the output, the log or the database after every failure', async () => {
  await hear(['sync', ...SINCE, '--json']);
  for (const fault of FAULTS) {
    stage.simulator.faults.add({ ...fault, path: '/v5/execution/list' });
    await hear(['sync', '--timeout', '5s']);
    stage.simulator.faults.clear();
  }
  for (const path of REFUSED) {
    for (const code of [10005, 131400]) {
      stage.simulator.faults.add({ kind: 'retCode', code, message: ECHOED, path, times: 9 });
      await hear(['sync', '--timeout', '5s']);
      await hear(['check']);
      stage.simulator.faults.clear();
    }
  }
  await hear(['show', '--privacy', '--format', 'html']);
  await hear(['sync'], { BYBIT_API_SECRET: WRONG });
  await hear(['sync'], { BYBIT_API_KEY: `${WRONG}Key` });
  await hear(['sync'], { DATABASE_URL: urlOf({ ...database, password: WRONG, port: 1 }) });
  await hear(['check']);
  await hear(['check'], { BYBIT_API_SECRET: WRONG });
  stage.simulator.world.advance(3_600_000);
  await hear(['sync']);
  for (const format of FORMATS) for (const shown of SHOWN) await hear(['show', '--format', format, ...shown]);
  for (const line of OTHERS) await hear(line.split(' '));

  const logs = readdirSync(join(stage.folder, 'data')).map((name) =>
    readFileSync(join(stage.folder, 'data', name), 'utf8'),
  );
  expect(logs.join('')).toContain('"level":"error"');
  const metrics = ['exchange_sync.prom', 'other.prom'].map((name) =>
    readFileSync(join(stage.folder, name), 'utf8'),
  );
  expect(monitor.heard.length).toBeGreaterThan(20);
  // The one secret that the monitor must hear is the address at which it does.
  const told = JSON.stringify(monitor.heard);
  const bytes = [...heard, ...logs, ...metrics, told, await everyRow()].join('\n');
  expect([...heard, ...logs, ...metrics, await everyRow()].join('\n')).not.toContain(PING_TOKEN);
  expect(bytes).toContain('portfolio_items');
  const encoded = Buffer.from(`${KEY}:${SECRET}`).toString('base64').slice(8, -8);
  for (const secret of [KEY, SECRET, encoded, WRONG, DATABASE_PASSWORD, 'canaryEchoedSignature']) {
    expect(bytes.split('\n').filter((line) => line.includes(secret))).toEqual([]);
  }
}, 300_000);

test('every command, option and choice that --help names was among them', () => {
  const isHeard = (line: OfferedLine) =>
    commandLines.some((args) => line.every((word) => args.includes(word)));
  expect(offeredLines().length).toBeGreaterThan(50);
  expect(offeredLines().filter((line) => !isHeard(line))).toEqual([]);
});

test('no byte of an embedded database and of what lies beside it is a secret', async () => {
  const embedded = await openStage();
  fill(embedded.account, embedded.simulator.world.now());
  expect(await embedded.run(['sync', ...SINCE])).toMatchObject({ code: 0 });
  expect((await embedded.run(['sync'], { env: { BYBIT_API_SECRET: WRONG } })).code).toBe(77);
  const names = readdirSync(embedded.folder, { recursive: true, encoding: 'utf8' });
  const files = names.map((name) => join(embedded.folder, name)).filter((path) => statSync(path).isFile());
  expect(files.length).toBeGreaterThan(100);
  const holding = (secret: string) => files.filter((path) => readFileSync(path).includes(secret));
  expect([KEY, SECRET, WRONG].flatMap(holding)).toEqual([]);
  // The same look finds what is stored.
  expect(holding('portfolio_items').length).toBeGreaterThan(0);
  const { code, stdout } = await embedded.run(['export']);
  expect(code).toBe(0);
  expect(stdout).toContain('portfolio_items');
  expect([KEY, SECRET, WRONG].filter((secret) => stdout.includes(secret))).toEqual([]);
  await embedded.end();
});

/** Every table of ours and AlphaPulse's as text. */
async function everyRow(): Promise<string> {
  const sql = postgres(urlOf(database), { max: 1 });
  const tables = await sql<{ schema: string; name: string }[]>`
    select schemaname as schema, tablename as name from pg_tables where schemaname in ('public', 'exchange_sync')`;
  const rows = [];
  for (const { schema, name } of tables) {
    rows.push(
      name,
      ...(await sql`select to_jsonb(t)::text as row from ${sql(schema)}.${sql(name)} t`).map(({ row }) =>
        String(row),
      ),
    );
  }
  await sql.end();
  return rows.join('\n');
}
