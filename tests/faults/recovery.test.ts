import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, MIGRATIONS } from '../../src/database/migrate.js';
import { fetchSchemaVersion, SCHEMA_VERSION } from '../../src/database/schema-version.js';
import { type Database, withDatabase } from '../../src/database/with-database.js';
import { embeddedFolder } from '../support/embedded-folder.js';
import { fill, openStage, SINCE, type Stage } from '../support/stage.js';

/** All migrations but the newest. */
const EARLIER = MIGRATIONS.slice(0, -1);
const OLDER = EARLIER.at(-1)?.version ?? 0;
const BEFORE = `2001-02-03T04-05-06Z-pg18-schema-${OLDER}.tar.gz`;

let stage: Stage;
let directory: string;
let backups: string;

beforeEach(async () => {
  stage = await openStage();
  fill(stage.account, stage.simulator.world.now());
  directory = join(stage.folder, 'data', 'database');
  backups = join(directory, 'backups');
  mkdirSync(directory, { recursive: true });
  await embeddedFolder(directory);
});
afterEach(async () => {
  await stage.end();
});

const within = <T>(work: (database: Database) => Promise<T>): Promise<T> =>
  withDatabase({ kind: 'embedded', directory }, { lockWaitMs: 0 }, work);

/** As a program before this one left it, with a sync of another account. */
const makeOlder = () =>
  within(async (database) => {
    await migrate(database, EARLIER);
    await database.run(
      (sql) => sql`
        insert into public.sync_history (exchange_id, sync_type, success, error_message)
        values ('kraken', 'full', true, 'of before')`,
    );
  });

const version = () => within((database) => database.run(fetchSchemaVersion));

const rowsOfBefore = () =>
  within((database) =>
    database.run(
      async (sql) =>
        (
          await sql`select from public.sync_history where exchange_id = 'kraken' and error_message = 'of before'`
        ).length,
    ),
  );

/** In the middle of the files that opening does not read: the pages of a table, and of an index. */
const DAMAGES = { holdings: 'could not read blocks', schema_migrations_pkey: 'invalid page' } as const;

async function damage(relation: keyof typeof DAMAGES): Promise<void> {
  const [found] = await within((database) =>
    database.run(
      (sql) => sql<{ path: string }[]>`select pg_relation_filepath(${`exchange_sync.${relation}`}) as path`,
    ),
  );
  const file = join(directory, 'pgdata', found?.path ?? '');
  const size = statSync(file).size;
  expect(size).toBeGreaterThan(0);
  writeFileSync(file, relation === 'holdings' ? '' : randomBytes(size));
}

/** Exactly what the error prints, by a shell. */
function restoreAsPrinted(stderr: string): void {
  const printed = /(?:keep this one aside: |move it aside \()(.*?)(?: ; the next sync|\) and sync again)/;
  const [, line] = printed.exec(stderr) ?? [];
  if (line === undefined) throw new Error(`no command is printed:\n${stderr}`);
  execFileSync('sh', ['-c', line], { cwd: '/', stdio: 'ignore' });
}

test('a copy is kept before a migration, for its owner alone, and the line that a damaged database prints brings it back', async () => {
  await makeOlder();
  mkdirSync(backups);
  for (const year of [1998, 1999, 2000])
    writeFileSync(join(backups, BEFORE.replace('2001', String(year))), '');
  writeFileSync(join(backups, 'mine.tar.gz'), '');
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
  const names = readdirSync(backups);
  expect(names.filter((name) => /^(1998|1999|2000)/.test(name)).sort()).toEqual(
    [1999, 2000].map((year) => BEFORE.replace('2001', String(year))),
  );
  expect(names).toContain('mine.tar.gz');
  const kept = names.find((name) => name.startsWith('20') && !name.startsWith('2000')) ?? '';
  expect(kept).toContain(`Z-pg18-schema-${OLDER}.tar.gz`);
  expect(statSync(join(backups, kept)).mode & 0o777).toBe(0o600);
  for (const broken of ['pgdata.broken', 'pgdata.broken-2']) {
    writeFileSync(join(directory, 'pgdata', 'global', 'pg_control'), 'damaged');
    const refused = await stage.run(['show']);
    expect(refused).toMatchObject({ code: 74, stdout: '' });
    restoreAsPrinted(refused.stderr);
    expect(readdirSync(directory)).toContain(broken);
  }
  expect(await version()).toBe(OLDER);
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
  expect(await rowsOfBefore()).toBe(1);
  expect((await stage.show()).holdings).not.toHaveLength(0);
  expect((await stage.run(['check'])).code).toBe(0);
}, 240_000);

test('a migration does not begin where the copy cannot be written: 74, the fix, and nothing changed', async () => {
  await makeOlder();
  writeFileSync(backups, 'in the way');
  const refused = await stage.run(['sync', ...SINCE]);
  expect(refused).toMatchObject({ code: 74, stdout: '' });
  expect(refused.stderr).toMatch(/has an older schema, and its backup .* could not be written: EEXIST/);
  expect(refused.stderr).toMatch(/Fix: Free disk space, .*nothing was changed\./);
  expect(await version()).toBe(OLDER);
  rmSync(backups);
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
  expect(await rowsOfBefore()).toBe(1);
}, 240_000);

test('a program older than the schema refuses, whatever the command, changes nothing, and prints the way back', async () => {
  await makeOlder();
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
  await within((database) =>
    database.run(
      (sql) => sql`
        insert into exchange_sync.schema_migrations (version, name, hash) values (${SCHEMA_VERSION + 1}, 'later', '')`,
    ),
  );
  const stored = () =>
    within((database) => database.run((sql) => sql`select * from public.sync_history order by id`));
  const before = await stored();
  const commands = [['sync'], ['sync', '--dry-run'], ['show'], ['show', '--history', '7d'], ['export']];
  for (const command of commands) {
    const refused = await stage.run(command);
    expect(refused).toMatchObject({ code: 78, stdout: '' });
    expect(refused.stderr).toContain('has a newer schema than this program');
    expect(refused.stderr).toContain('Fix: Update exchange-sync to the version that wrote it');
  }
  const check = await stage.run(['check', '--offline']);
  expect(check.code).toBe(2);
  expect(check.stdout).toContain('Update exchange-sync to the version that wrote it');
  expect((await stage.run(['completion', 'bash'])).code).toBe(0);
  expect(await stored()).toEqual(before);
  restoreAsPrinted((await stage.run(['show'])).stderr);
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
  expect(await rowsOfBefore()).toBe(1);
}, 240_000);

const BOTH = Object.keys(DAMAGES) as (keyof typeof DAMAGES)[];

test.each(BOTH)(
  'damage that shows only when %s is read prints the same line, whatever the command, and it brings the copy back',
  async (relation) => {
    await makeOlder();
    expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
    await damage(relation);
    for (const command of [['sync'], ['sync', '--dry-run'], ['show'], ['show', '--trades', 'BTC']]) {
      const { code, stdout, stderr } = await stage.run(command);
      expect({ command, code, stdout }).toEqual({ command, code: 74, stdout: '' });
      expect(stderr).toContain(`the embedded database in ${directory} cannot be read: ${DAMAGES[relation]}`);
      expect(stderr).toContain('Its files are damaged.');
      expect(stderr).toMatch(/go back to the newest copy, and keep this one aside: mkdir/);
    }
    const check = await stage.run(['check', '--offline']);
    expect(check.code).toBe(2);
    expect(check.stdout).toContain('go back to the newest copy, and keep this one aside: mkdir');
    restoreAsPrinted((await stage.run(['show'])).stderr);
    expect(await version()).toBe(OLDER);
    expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
    expect(await rowsOfBefore()).toBe(1);
    expect((await stage.run(['check'])).code).toBe(0);
  },
  240_000,
);

test('where no copy was ever kept the way out is to move the files aside and sync anew, which works as printed', async () => {
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
  const before = (await stage.show()).holdings;
  await damage('schema_migrations_pkey');
  const refused = await stage.run(['export']);
  expect(refused).toMatchObject({ code: 74, stdout: '' });
  expect(refused.stderr).toContain(
    'and sync again: history is imported again as far as the exchange keeps it.',
  );
  restoreAsPrinted(refused.stderr);
  expect((await stage.run(['show'])).code).toBe(66);
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
  expect((await stage.show()).holdings).toHaveLength(before.length);
}, 240_000);
