import { describe, expect, test } from '@jest/globals';
import type postgres from 'postgres';
import type { Stage } from '../support/stage.js';
import { onSynced } from '../support/synced.js';
import { rearrangeTables } from '../support/rearranged-tables.js';

const CONFIG = 78;
const CRITICAL = 2;
const NOT_A_BUG = /^(?![^]*(a bug in exchange-sync|unexpected:))/;
const MIGRATIONS = 'exchange_sync.schema_migrations';

let stage: Stage;
let sql: postgres.Sql;
let expectKept: () => Promise<void>;

onSynced((opened) => {
  ({ stage, sql, expectKept } = opened);
});

const insert = (version: string) =>
  `insert into ${MIGRATIONS} (version, name, hash) values (${version}, 'x', 'x')`;

/** Every command that uses the database refuses it in words, and none changes anything. */
async function expectRefused(said: string): Promise<void> {
  for (const command of ['sync', 'sync --dry-run', 'show', 'show --history 7d', 'show --bridge 7d']) {
    const { code, stdout, stderr } = await stage.run(command.split(' '));
    expect({ command, code, stdout, stderr }).toEqual({
      ...{ command, code: CONFIG, stdout: '' },
      stderr: expect.stringContaining(said) as unknown,
    });
    expect(stderr).toContain('Fix: ');
  }
  const { code, stdout } = await stage.run(['check', '--offline']);
  expect({ code, stdout }).toEqual({ code: CRITICAL, stdout: expect.stringMatching(NOT_A_BUG) as unknown });
  await expectKept();
}

describe('a table of migrations', () => {
  test.each([
    ['from the future', insert('99')],
    ['with a negative level', insert('-1')],
    [
      'with a level that is no number',
      `alter table ${MIGRATIONS} alter version type text; ${insert("'six'")}`,
    ],
  ])('%s is of a newer program: every command refuses it', async (_title, statement) => {
    await sql.unsafe(statement);
    await expectRefused('the database has a newer schema than this program');
  });

  test('with one level twice in the place of another is no whole one', async () => {
    await sql.unsafe(`alter table ${MIGRATIONS} drop constraint schema_migrations_pkey;
      delete from ${MIGRATIONS} where version = 5; insert into ${MIGRATIONS} select * from ${MIGRATIONS} where version = 6`);
    expect(await stage.run(['show'])).toMatchObject({ code: CONFIG });
    const { code, stderr } = await stage.run(['sync']);
    expect({ code, stderr }).toEqual({
      code: CONFIG,
      stderr: expect.stringContaining('has an incompatible schema') as unknown,
    });
    await expectKept();
  });

  test.each([
    [
      'with columns of others',
      `alter table ${MIGRATIONS} add column theirs text, add column note text not null default 'x'`,
    ],
    [
      'with a level twice',
      `alter table ${MIGRATIONS} drop constraint schema_migrations_pkey; insert into ${MIGRATIONS} select * from ${MIGRATIONS}`,
    ],
  ])('%s is the same', async (_title, statement) => {
    await sql.unsafe(statement);
    expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
    expect(await stage.run(['show'])).toMatchObject({ code: 0, stderr: '' });
  });
});

const RAISES = `
  create function public.no() returns trigger language plpgsql as $$ begin raise exception 'not on \u001b[31mmy watch'; end $$;
  create trigger no before insert or update on public.portfolio_items for each row execute function public.no()`;

describe('tables that others changed so that they fit no more', () => {
  test.each([
    ['a table of levels without hashes', `alter table ${MIGRATIONS} drop column hash`],
    ['a table that is gone', 'drop table exchange_sync.wallets'],
    ['a column that is gone', 'alter table portfolio_items drop column current_price'],
    ['a column of another type', 'alter table exchange_sync.cursors alter complete_until type text'],
    [
      'a column of theirs without a default',
      "alter table exchange_sync.snapshots add column theirs text; update exchange_sync.snapshots set theirs = ''; alter table exchange_sync.snapshots alter theirs set not null",
    ],
    [
      'an index of theirs',
      "create unique index theirs on portfolio_items (exchange_id) where asset in ('BTC', 'SOL')",
    ],
    [
      'a key of theirs',
      'create table theirs (asset text primary key); insert into theirs select asset from exchange_sync.holdings; alter table exchange_sync.holdings add foreign key (asset) references theirs',
    ],
    ['a trigger that raises', RAISES],
    [
      'no key to find an asset by',
      'alter table portfolio_items drop constraint portfolio_items_exchange_id_asset_key',
    ],
  ])('%s: sync says what does not fit, and keeps what there is', async (_title, statement) => {
    stage.account.deposit('SOL', '3');
    await sql.unsafe(statement);
    const { code, stdout, stderr } = await stage.run(['sync']);
    expect({ code, stdout, stderr }).toEqual({
      ...{ code: CONFIG, stdout: '' },
      stderr: expect.stringContaining('has an incompatible schema') as unknown,
    });
    expect(stderr).not.toContain('\u001b');
    expect(await sql`select from portfolio_items`).toHaveLength(4);
  });
});

test('columns in another order, and unknown ones among them, change nothing', async () => {
  const views = [
    'show --format json',
    'show --history 7d --format json',
    'show --bridge 7d --format json',
    'show --trades BTC --format csv',
  ];
  const shown = async () => {
    const all: string[] = [];
    for (const view of views)
      all.push((await stage.run(view.split(' '))).stdout.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'T'));
    return all;
  };
  const before = await shown();
  expect(await rearrangeTables(sql)).toBeGreaterThan(20);
  expect(await shown()).toEqual(before);
  stage.account.trade({ symbol: 'BTCUSDT', side: 'Sell', amount: '0.01', price: '66000' });
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
  const { stdout } = await stage.run(['check', '--only', 'books']);
  expect(stdout).toContain('reproduces the stored positions');
  expect(await sql`select quantity::float8 from exchange_sync.holdings where asset = 'BTC'`).toEqual([
    { quantity: 0.0499 },
  ]);
});
