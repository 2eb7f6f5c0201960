import { beforeAll, expect, test } from '@jest/globals';
import postgres from 'postgres';
import type { ServerSettings } from '../../src/models/settings.js';
import { ALPHAPULSE } from '../support/alphapulse.js';
import { connect, onServer } from '../support/on-server.js';
import { readmeBlocks } from '../support/readme.js';
import { fill, SINCE, type Stage, QUIET } from '../support/stage.js';
import { urlOf } from '../support/urls.js';

const [MAKE_ROLE = '', ADOPT = '', REVOKE = ''] = readmeBlocks(
  'src/database/README.md',
  'A role with few rights',
  'sql',
);
const PASSWORD = 'canaryRole';
const INSUFFICIENT_PRIVILEGE = '42501';

let stage: Stage;
let database: ServerSettings;
let admin: postgres.Sql;
let role: ServerSettings;

onServer('each', async (opened) => {
  ({ stage, database, sql: admin } = opened);
  fill(stage.account, stage.simulator.world.now());
  role = { ...database, user: 'exchange_sync', password: PASSWORD };
  await admin.unsafe(
    'create schema other; create table other.theirs (id int); create table public.theirs ()',
  );
});

beforeAll(() => {
  expect([MAKE_ROLE, ADOPT, REVOKE]).not.toContain('');
});

/** As README says; roles are of the whole server, and the tests share it. */
async function makeRole(): Promise<void> {
  await admin`drop role if exists exchange_sync`;
  await admin.unsafe(MAKE_ROLE);
  await admin`alter role exchange_sync password ${admin.unsafe(`'${PASSWORD}'`)}`;
  stage.env['DATABASE_URL'] = urlOf(role);
}

async function dropRole(): Promise<void> {
  await admin`drop owned by exchange_sync cascade`;
  await admin`drop role exchange_sync`;
}

async function expectAllWell(): Promise<void> {
  expect(await stage.run(['sync', '--init', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
  expect((await stage.show()).holdings).not.toHaveLength(0);
  const checked = await stage.run(['check', '--skip', 'key-binding']);
  expect(checked).toMatchObject({ code: 0, stdout: expect.stringMatching(/^OK/) as unknown });
}

/** What each statement is refused with, as the role; undefined: it was not. */
async function refusals(...statements: readonly string[]): Promise<unknown[]> {
  const sql = connect(role);
  const codes = [];
  for (const statement of statements) {
    codes.push(
      await sql.unsafe(statement).then(
        () => statement,
        (error: unknown) => (error as { code?: unknown }).code,
      ),
    );
  }
  await sql.end();
  return codes;
}

const FOREIGN = [
  'select from other.theirs',
  'drop table other.theirs',
  'drop table public.theirs',
  'drop schema other',
  'create table other.mine ()',
  'create table public.mine ()',
  'create schema mine',
  'create role mine',
  'create table pg_catalog.mine ()',
];
const allRefused = (statements: readonly string[]) => statements.map(() => INSUFFICIENT_PRIVILEGE);

test("README's role syncs an empty database, and can touch nothing of others", async () => {
  await makeRole();
  await expectAllWell();
  await admin.unsafe(REVOKE);
  await expectAllWell();
  expect(await refusals(...FOREIGN)).toEqual(allRefused(FOREIGN));
  await dropRole();
});

test("README's role syncs AlphaPulse's tables, and can neither drop nor change them", async () => {
  await admin.unsafe(ALPHAPULSE);
  await makeRole();
  await admin.unsafe(ADOPT);
  await expectAllWell();
  await admin.unsafe(REVOKE);
  await expectAllWell();
  const owners = [
    'drop table public.portfolio_items',
    'alter table public.sync_history add column mine int',
    'truncate public.portfolio_items',
    ...FOREIGN,
  ];
  expect(await refusals(...owners)).toEqual(allRefused(owners));
  expect(await admin`select asset from portfolio_items where exchange_id = 'kraken'`).toHaveLength(1);
  await dropRole();
});

test('check tells of triggers that others put on the tables, for they run with the rights of the role', async () => {
  await admin.unsafe(ALPHAPULSE);
  await makeRole();
  await admin.unsafe(ADOPT);
  await admin.unsafe(`
    create table other.seen (role name);
    grant usage on schema other to exchange_sync;
    grant insert on other.seen to exchange_sync;
    create function other.look() returns trigger language plpgsql as
      $$ begin insert into other.seen values (current_user); return null; end $$;
    create trigger touch after insert on public.portfolio_items execute function other.look();
    create trigger off after insert on public.sync_history execute function other.look();
    alter table public.sync_history disable trigger off`);
  await expectAllWell();
  expect(await admin`select distinct role from other.seen`).toEqual([{ role: 'exchange_sync' }]);
  const { code, stdout } = await stage.run(['check', '--only', 'grants']);
  expect(code).toBe(0);
  expect(stdout).toContain(
    'the permissions that a sync needs; triggers of other roles run with them: touch on public.portfolio_items by postgres\n',
  );
  await dropRole();
});

test('before the first sync check prints what the role lacks', async () => {
  await makeRole();
  await admin`revoke create on schema public from exchange_sync`;
  const { code, stdout } = await stage.run(['check', '--offline']);
  expect(code).toBe(2);
  expect(stdout).toContain('GRANT USAGE, CREATE ON SCHEMA public TO exchange_sync;');
  expect(stdout).not.toContain('ON DATABASE');
  await dropRole();
});

/** What a role that may create in `public` and in a schema of our name would put there; each tells that it ran. */
const TRAP = `
  create role app superuser login password '${PASSWORD}';
  create schema app;
  create table public.sprung (name text);
  create table app.portfolio_items (id int);
  create table app.sync_history (id int);
  create function public.quote_ident(role name) returns text language plpgsql as
    $$ begin insert into public.sprung values ('quote_ident'); return role; end $$;
  create function app.format(form text, one name, other name) returns text language plpgsql as
    $$ begin insert into public.sprung values ('format'); return one; end $$;
  create function app.unequal(one numeric, other int) returns boolean language plpgsql as
    $$ begin insert into public.sprung values ('unequal'); return one::text <> other::text; end $$;
  create operator app.<> (leftarg = numeric, rightarg = int, function = app.unequal);
  create operator app.> (leftarg = numeric, rightarg = int, function = app.unequal);
  create operator app.= (leftarg = numeric, rightarg = int, function = app.unequal)`;

test('tables, functions and operators that somebody puts before ours are never met', async () => {
  await admin.unsafe(TRAP);
  await admin`alter database ${admin(database.database)} set search_path = app, public`;
  const app = { ...database, user: 'app', password: PASSWORD };
  stage.env['DATABASE_URL'] = urlOf(app);
  const victim = connect(app);
  await victim`select quote_ident(current_user), format('%I', 'a'::name, 'b'::name), 1.5 <> 1`;
  await victim.end();
  expect(
    (await admin`delete from public.sprung returning name`).map(({ name }) => String(name)).sort(),
  ).toEqual(['format', 'quote_ident', 'unequal']);
  await expectAllWell();
  await stage.run(['show', '--trades', 'BTC']);
  await stage.run(['show', '--period', '7d']);
  expect(await admin`select from public.sprung`).toHaveLength(0);
  expect(await admin`select from app.portfolio_items`).toHaveLength(0);
  expect((await admin`select from public.portfolio_items`).length).toBeGreaterThan(0);
  await admin`drop owned by app cascade`;
  await admin`drop role app`;
});
