import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverOptions, withConnection } from '../../src/database/connection.js';
import { migrate, MIGRATIONS, schemaState } from '../../src/database/migrate.js';
import { fetchSchemaVersion, SCHEMA_VERSION } from '../../src/database/schema-version.js';
import type { Migration } from '../../src/database/migrations/migration.js';
import { openSocket } from '../../src/database/socket.js';
import { type Database, withDatabase } from '../../src/database/with-database.js';
import type { ServerSettings } from '../../src/models/settings.js';
import { PROJECT } from '../support/cli.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { startRudeServer } from '../support/rude-server.js';

let server: TestServer;
let folder: string;

beforeAll(async () => {
  server = await startPostgres();
  folder = mkdtempSync(join(tmpdir(), 'exchange-sync-database-'));
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const on = <T>(settings: ServerSettings, work: Parameters<typeof withDatabase<T>>[2]) =>
  withDatabase(settings, { lockWaitMs: 0 }, work);

const pathOf = (database: Database) =>
  database.run(
    async (sql) => (await sql<{ path: string[] }[]>`select to_jsonb(current_schemas(true)) as path`)[0]?.path,
  );

describe('migrations', () => {
  test('two runs that start at once apply each of them once', async () => {
    const settings = await server.createDatabase();
    const applied = await Promise.all([on(settings, migrate), on(settings, migrate), on(settings, migrate)]);
    expect(applied.flat().sort((a, b) => a - b)).toEqual(MIGRATIONS.map(({ version }) => version));
  });

  test('what only reads knows the version of a schema that is up to date, and that there is none before', async () => {
    const settings = await server.createDatabase();
    const version = () => on(settings, (database) => database.run(fetchSchemaVersion));
    expect(await version()).toBeUndefined();
    await on(settings, migrate);
    expect(await version()).toBe(SCHEMA_VERSION);
  });

  test('a migration that was changed after it was applied is refused', async () => {
    const settings = await server.createDatabase();
    const one: Migration = { version: 1, name: 'one', up: (sql) => sql`create table public.one ()` };
    const other: Migration = { version: 1, name: 'one', up: (sql) => sql`create table public.other ()` };
    expect(await on(settings, (database) => migrate(database, [one]))).toEqual([1]);
    await expect(on(settings, (database) => migrate(database, [other]))).rejects.toMatchObject({
      kind: 'config',
    });
    const next: Migration = { version: 2, name: 'two', up: (sql) => sql`create table public.two ()` };
    expect(await on(settings, (database) => database.run((sql) => schemaState(sql, [one, next])))).toBe(
      'older',
    );
    expect(await on(settings, (database) => migrate(database, [one, next]))).toEqual([2]);
  });

  test('lists of markets that were kept for each account are deleted, those of hosts stay', async () => {
    const settings = await server.createDatabase();
    await on(settings, (database) => migrate(database, MIGRATIONS.slice(0, 12)));
    const owners = ['bybit', 'bybit/sub', 'host: bybit live'];
    const kept = await on(settings, async (database) => {
      await database.run(
        (sql) => sql`
          insert into exchange_sync.exchange_cache (account, kind, value, expires_at)
          select account, 'markets', '[]', now() from jsonb_array_elements_text(${JSON.stringify(owners)}::text::jsonb) as account`,
      );
      await migrate(database);
      return database.run((sql) => sql`select account from exchange_sync.exchange_cache`);
    });
    expect(kept).toEqual([{ account: 'host: bybit live' }]);
  });

  test('an adopted table that holds an asset twice is named, and nothing is changed', async () => {
    const settings = await server.createDatabase();
    await on(settings, (database) =>
      database.run(async (sql) => {
        await sql`create table public.portfolio_items (id serial primary key, exchange_id varchar(50), asset varchar(50), quantity numeric not null)`;
        await sql`insert into public.portfolio_items (exchange_id, asset, quantity) values ('a', 'B', 1), ('a', 'B', 2)`;
      }),
    );
    await expect(on(settings, migrate)).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringContaining('twice') as unknown,
    });
    expect(await on(settings, (database) => database.run((sql) => schemaState(sql)))).toBe('missing');
  });
});

describe('connections to a server', () => {
  test('one that is reset before it is used is a lost one, and ends nothing else', async () => {
    const settings = await server.createDatabase();
    const rude = await startRudeServer((socket) => setTimeout(() => socket.resetAndDestroy(), 20));
    const reset = { ...settings, port: rude.port };
    const socket = await openSocket(reset);
    await new Promise((resolve) => socket.once('close', resolve));
    const used = withConnection(
      serverOptions(reset, true),
      () => Promise.resolve(socket),
      (sql) => sql`select`,
    );
    await expect(used).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    rude.close();
  });

  test('look in no schema but the one of PostgreSQL itself', async () => {
    const settings = await server.createDatabase();
    expect(await on(settings, pathOf)).toEqual(['pg_catalog']);
  });

  test('each operation has one of its own, and none is left', async () => {
    const settings = await server.createDatabase();
    const pid = () =>
      on(settings, (database) =>
        database.run(async (sql) => (await sql`select pg_backend_pid() as pid`)[0]?.['pid'] as number),
      );
    expect(await pid()).not.toBe(await pid());
    await new Promise((resolve) => setTimeout(resolve, 200));
    const [left] = await on(settings, (database) =>
      database.run(
        (sql) =>
          sql`select count(*)::int as others from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      ),
    );
    expect(left).toEqual({ others: 0 });
  });

  test('one whose backend is killed is not replaced by another in the middle', async () => {
    const settings = await server.createDatabase();
    const killed = on(settings, (database) =>
      database.run(async (sql) => {
        await sql`create table public.kept (id int)`;
        await sql`select pg_terminate_backend(pg_backend_pid())`.catch(() => undefined);
        await sql`insert into public.kept values (1)`;
      }),
    );
    await expect(killed).rejects.toMatchObject({ kind: 'database' });
    expect(
      await on(settings, (database) => database.run((sql) => sql`select from public.kept`)),
    ).toHaveLength(0);
  });
});

describe('the embedded database', () => {
  test('its directory is for its owner alone, and a second process is told who has it', async () => {
    const directory = join(folder, 'embedded');
    await withDatabase({ kind: 'embedded', directory }, { lockWaitMs: 0 }, async (database) => {
      await database.run((sql) => sql`select 1`);
      expect(statSync(directory).mode & 0o777).toBe(0o700);
      expect(await pathOf(database)).toEqual(['pg_catalog']);
      const second = await run(['-e', lockScript(directory)]);
      expect(second).toContain(`in use by process ${process.pid}`);
    });
  });

  test.each([
    ['damaged', 'garbage', 'database', /are damaged.*move it aside/],
    ['of another version', '9', 'config', /version of exchange-sync that wrote it.*move it aside/],
  ])('files that are %s are met with our words and the way out', async (title, version, kind, fix) => {
    const directory = join(folder, title);
    mkdirSync(join(directory, 'pgdata'), { recursive: true });
    writeFileSync(join(directory, 'pgdata', 'PG_VERSION'), version);
    await expect(
      withDatabase({ kind: 'embedded', directory }, { lockWaitMs: 0 }, () => Promise.resolve()),
    ).rejects.toMatchObject({
      kind,
      fix: expect.stringMatching(fix) as unknown,
    });
  });
});

const lockScript = (directory: string): string =>
  `import(${JSON.stringify(`${PROJECT}/dist/src/database/with-database.js`)}).then(({ withDatabase }) =>
    withDatabase({ kind: 'embedded', directory: ${JSON.stringify(directory)} }, { lockWaitMs: 0 }, async () => console.log('opened')))
    .catch((error) => console.log(error.message))`;

function run(args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args);
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.once('close', () => {
      resolve(text);
    });
  });
}
