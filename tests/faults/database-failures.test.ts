import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { startCutLine } from '../support/cut-line.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { startRudeServer } from '../support/rude-server.js';
import { fill, openStage, SINCE, type Stage } from '../support/stage.js';
import { urlOf } from '../support/urls.js';

let server: TestServer;
let stage: Stage;
let sql: postgres.Sql;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  const database = await server.createDatabase();
  stage = await openStage(database);
  sql = postgres(urlOf(database), { max: 1, onnotice: () => undefined });
  fill(stage.account, stage.simulator.world.now());
});
afterEach(async () => {
  await sql.end();
  await stage.end();
});

describe('the database fails', () => {
  test.each([
    ['down', 'postgres://u:canaryDb@127.0.0.1:1/x', 74, /cannot be reached: connection refused/],
    ['an unknown host', 'postgres://u:canaryDb@nowhere.invalid/x?sslmode=disable', 74, /cannot be reached/],
  ])('%s', async (_title, DATABASE_URL, code, said) => {
    const result = await stage.run(['sync'], { env: { DATABASE_URL } });
    expect(result.code).toBe(code);
    expect(result.stderr).toMatch(said);
    expect(result.stderr).not.toContain('canaryDb');
  });

  test('the connection is lost anywhere in the migration: the run ends with 74, and the next one is whole', async () => {
    const line = await startCutLine(server.port);
    const url = stage.env['DATABASE_URL'] ?? '';
    const env = { DATABASE_URL: url.replace(`:${server.port}/`, `:${line.port}/`) };
    try {
      for (const bytes of [600, 700, 800, 900, 1000, 1100, 1200]) {
        line.cutAfter(bytes, 'from the server');
        const result = await stage.run(['sync', ...SINCE], { env });
        expect(result).toMatchObject({ code: 74, stderr: expect.stringContaining('was lost') as unknown });
      }
      line.cutAfter(Infinity, 'from the server');
      expect((await stage.run(['sync', ...SINCE], { env })).code).toBe(0);
    } finally {
      line.close();
    }
  });

  test('a wrong password and a database that is not there end with 78 and the fix', async () => {
    const url = stage.env['DATABASE_URL'] ?? '';
    const nowhere = await stage.run(['sync'], {
      env: { DATABASE_URL: url.replace(/\/test_\d+$/, '/nowhere') },
    });
    expect(nowhere).toMatchObject({ code: 78, stderr: expect.stringContaining('createdb') as unknown });
    const stranger = await stage.run(['sync'], {
      env: { DATABASE_URL: url.replace('postgres:postgres@', 'stranger:x@') },
    });
    expect(stranger.code).toBe(78);
  });

  test('a schema of the future is refused with 78 and left alone', async () => {
    await stage.run(['sync', ...SINCE]);
    await sql`insert into exchange_sync.schema_migrations (version, name, hash) values (99, 'future', 'x')`;
    for (const command of ['sync', 'show']) {
      expect(await stage.run([command])).toMatchObject({
        code: 78,
        stderr: expect.stringContaining('newer') as unknown,
      });
    }
  });

  test('a port that accepts and closes ends in time with 74', async () => {
    const rude = await startRudeServer((socket) => socket.destroy());
    const env = { DATABASE_URL: `postgres://u:p@127.0.0.1:${rude.port}/x` };
    const startedAt = Date.now();
    const result = await stage.run(['sync'], { env });
    rude.close();
    expect(result).toMatchObject({ code: 74, stderr: expect.stringContaining('was lost') as unknown });
    expect(Date.now() - startedAt).toBeLessThan(10_000);
  });

  test('a server that says nothing ends at the deadline', async () => {
    const silent = await startRudeServer(() => undefined);
    const env = { DATABASE_URL: `postgres://u:p@127.0.0.1:${silent.port}/x` };
    const result = await stage.run(['sync', '--timeout', '2s'], { env });
    silent.close();
    expect(result.code).toBe(124);
  });

  test('a server that was stopped ends at the deadline, or with 74 where it is later', async () => {
    process.kill(server.pid(), 'SIGSTOP');
    try {
      const [sooner, later] = await Promise.all([
        stage.run(['sync', '--timeout', '4s']),
        stage.run(['show']),
      ]);
      expect(sooner).toMatchObject({
        code: 124,
        stderr: expect.stringContaining('deadline of 4 s') as unknown,
      });
      expect(later.stderr).toContain('systemctl start postgresql');
      expect(later).toMatchObject({
        code: 74,
        stderr: expect.stringContaining('takes connections but does not answer') as unknown,
      });
    } finally {
      process.kill(server.pid(), 'SIGCONT');
    }
  });

  test.each<[NodeJS.Signals, number]>([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ])('a run that waits for a stopped server ends after %s with %d', async (signal, code) => {
    process.kill(server.pid(), 'SIGSTOP');
    try {
      const { child, ended } = stage.start(['sync']);
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      child.kill(signal);
      expect(await ended).toMatchObject({ code, stderr: expect.stringContaining(signal) as unknown });
    } finally {
      process.kill(server.pid(), 'SIGCONT');
    }
  });

  test('a server that shuts down is tried again for some seconds, then the run ends with 74', async () => {
    const leaving = await startPostgres();
    const staying = postgres(urlOf(await leaving.createDatabase()), { max: 1 });
    await staying`select 1`;
    // It waits for the sessions it has, and takes no new one.
    process.kill(leaving.pid(), 'SIGTERM');
    const env = { DATABASE_URL: `postgres://postgres:postgres@127.0.0.1:${leaving.port}/test_1` };
    const startedAt = Date.now();
    expect(await stage.run(['sync'], { env })).toMatchObject({
      code: 74,
      stderr: expect.stringContaining('starting up or shutting down') as unknown,
    });
    expect(Date.now() - startedAt).toBeGreaterThan(2_800);
    await staying.end();
    await leaving.stop();
  });
});
