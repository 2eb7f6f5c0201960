import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import type { Fault } from '../simulator/faults.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { fill, KEY, openStage, SECRET, SINCE, type Stage } from '../support/stage.js';
import { urlOf } from '../support/urls.js';

const WRONG = 'canaryWrongSecret0123456789';
const DATABASE_PASSWORD = 'canaryDatabasePassword';

let server: TestServer;
let stage: Stage;
let database: Awaited<ReturnType<TestServer['createDatabase']>>;
const heard: string[] = [];

beforeAll(async () => {
  server = await startPostgres();
  database = await server.createDatabase();
  const admin = postgres(urlOf(database), { max: 1 });
  await admin`create role canary superuser login password ${admin.unsafe(`'${DATABASE_PASSWORD}'`)}`;
  await admin.end();
  database = { ...database, user: 'canary', password: DATABASE_PASSWORD };
  stage = await openStage(database);
  fill(stage.account, stage.simulator.world.now());
});
afterAll(async () => {
  await stage.end();
  await server.stop();
});

async function hear(args: readonly string[], env: Record<string, string> = {}): Promise<void> {
  const result = await stage.run(args, { env: { EXCHANGE_SYNC_LOG_LEVEL: 'debug', ...env } });
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

test('no secret, key or signature is in any byte of the output, the log or the database after every failure', async () => {
  await hear(['sync', ...SINCE, '--json']);
  for (const fault of FAULTS) {
    stage.simulator.faults.add({ ...fault, path: '/v5/execution/list' });
    await hear(['sync', '--timeout', '5s']);
    stage.simulator.faults.clear();
  }
  await hear(['sync'], { BYBIT_API_SECRET: WRONG });
  await hear(['sync'], { BYBIT_API_KEY: `${WRONG}Key` });
  await hear(['sync'], { DATABASE_URL: urlOf({ ...database, password: WRONG, port: 1 }) });
  await hear(['check']);
  await hear(['check'], { BYBIT_API_SECRET: WRONG });
  await hear(['show', '--format', 'json']);
  stage.simulator.world.advance(3_600_000);
  await hear(['sync']);

  const logs = readdirSync(join(stage.folder, 'data')).map((name) =>
    readFileSync(join(stage.folder, 'data', name), 'utf8'),
  );
  expect(logs.join('')).toContain('"level":"error"');
  const bytes = [...heard, ...logs, await everyRow()].join('\n');
  expect(bytes).toContain('portfolio_items');
  for (const secret of [KEY, SECRET, WRONG, DATABASE_PASSWORD, 'canaryEchoedSignature']) {
    expect(bytes.split('\n').filter((line) => line.includes(secret))).toEqual([]);
  }
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
