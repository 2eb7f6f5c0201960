import { describe, expect, test } from '@jest/globals';
import type { Socket } from 'node:net';
import postgres from 'postgres';
import { migrate } from '../../src/database/migrate.js';
import { adoptAlphapulse } from '../../src/database/migrations/001-adopt-alphapulse.js';
import { accountTables } from '../../src/database/migrations/002-account-tables.js';
import { withDatabase } from '../../src/database/with-database.js';
import type { ServerSettings } from '../../src/models/settings.js';
import { startCutLine } from '../support/cut-line.js';
import { onServer } from '../support/on-server.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { startRudeServer } from '../support/rude-server.js';
import { fill, SINCE, type Stage, QUIET } from '../support/stage.js';
import { fetchStored } from '../support/stored.js';
import { until } from '../support/until.js';
import { urlOf } from '../support/urls.js';
import { fault } from './fault.js';

let server: TestServer;
let database: ServerSettings;
let stage: Stage;
let sql: postgres.Sql;

onServer('each', (opened) => {
  ({ server, database, stage, sql } = opened);
  fill(stage.account, stage.simulator.world.now());
});

describe('the database fails', () => {
  test('an unknown host ends with 74, without the password', async () => {
    const DATABASE_URL = 'postgres://u:canaryDb@nowhere.invalid/x?sslmode=disable';
    const result = await stage.run(['sync'], { env: { DATABASE_URL } });
    expect(result.code).toBe(74);
    expect(result.stderr).toMatch(/cannot be reached/);
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

  fault(15, async () => {
    await withDatabase(database, { lockWaitMs: 0 }, (db) => migrate(db, [adoptAlphapulse, accountTables]));
    for (const reading of [['show'], ['sync', '--dry-run']]) {
      expect(await stage.run(reading)).toMatchObject({
        code: 78,
        stderr: expect.stringMatching(/older schema.*Fix: .*sync/s) as unknown,
      });
    }
    expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
    expect((await stage.run(['show'])).code).toBe(0);

    await sql`insert into exchange_sync.schema_migrations (version, name, hash) values (99, 'future', 'x')`;
    const before = await fetchStored(sql);
    for (const command of [['sync'], ['show'], ['sync', '--dry-run']]) {
      const newer = await stage.run(command);
      expect(newer).toMatchObject({ code: 78, stderr: expect.stringMatching(/newer.*Update/s) as unknown });
    }
    expect(await fetchStored(sql)).toEqual(before);
  });

  fault(12, async () => {
    const atOnce = (socket: Socket) => socket.destroy();
    const onceAsked = (socket: Socket) => socket.once('data', () => socket.destroy());
    for (const closing of [atOnce, onceAsked]) {
      let connections = 0;
      const rude = await startRudeServer((socket) => {
        connections += 1;
        closing(socket);
      });
      const env = { DATABASE_URL: `postgres://u:p@127.0.0.1:${rude.port}/x` };
      const startedAt = Date.now();
      const result = await stage.run(['sync'], { env });
      rude.close();
      expect(result).toMatchObject({ code: 74, stderr: expect.stringContaining('was lost') as unknown });
      expect(Date.now() - startedAt).toBeLessThan(10_000);
      expect(connections).toBe(1);
    }
  });

  test('connections that are reset at any moment before they are used are lost ones, and no bug', async () => {
    for (const ms of [0, 1, 2, 4, 8, 16, 32]) {
      const rude = await startRudeServer((socket) => setTimeout(() => socket.resetAndDestroy(), ms));
      const env = { DATABASE_URL: `postgres://u:p@127.0.0.1:${rude.port}/x` };
      for (const command of ['show', 'sync']) {
        const { code, stderr } = await stage.run([command], { env });
        expect({ ms, command, code, stderr }).toMatchObject({
          code: 74,
          stderr: expect.stringContaining('was lost') as unknown,
        });
      }
      rude.close();
    }
  }, 60_000);

  fault(11, async () => {
    const silent = await startRudeServer(() => undefined);
    const hole = { DATABASE_URL: `postgres://u:p@127.0.0.1:${silent.port}/x` };
    const args = ['sync', '--timeout', '4s'];
    const line = await startCutLine(server.port);
    const swallowed = { DATABASE_URL: urlOf({ ...database, port: line.port }) };
    stage.simulator.faults.add({ kind: 'delay', ms: 1_000, path: '/v5/account/wallet-balance' });
    // A connection gives up after 10 s by itself.
    const swallowing = stage.start(['sync', '--timeout', '9s'], { env: swallowed });
    await until(() => Promise.resolve(stage.simulator.requests[0]));
    line.muffle();
    process.kill(server.pid(), 'SIGSTOP');
    const startedAt = Date.now();
    try {
      const all = [stage.run(args), stage.run(args, { env: hole }), swallowing.ended];
      for (const ended of all) {
        expect(await ended).toMatchObject({
          code: 124,
          stderr: expect.stringMatching(/deadline of [49] s/) as unknown,
        });
      }
      // Each connection without an answer would hold a run for 10 s more.
      expect(Date.now() - startedAt).toBeLessThan(30_000);
    } finally {
      process.kill(server.pid(), 'SIGCONT');
      silent.close();
      line.close();
    }
  });

  test('a server that was stopped ends show with 74, which has no deadline', async () => {
    process.kill(server.pid(), 'SIGSTOP');
    try {
      const { code, stderr } = await stage.run(['show']);
      expect(code).toBe(74);
      expect(stderr).toContain('accepts connections but does not respond within 10 s');
      expect(stderr).toContain('Start the server');
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
