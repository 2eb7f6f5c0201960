import { describe, expect, test } from '@jest/globals';
import type postgres from 'postgres';
import type { Stage } from '../support/stage.js';
import { STEERING } from '../support/steering.js';
import { onSynced } from '../support/synced.js';

const NAME = '=<img src=x onerror=alert(1)>\u001b[31m\u202e|`x`"';
const VIEWS = [
  ...['', '--format json', '--format csv', '--format markdown', '--format html', '--group asset'],
  ...['--history 7d', '--history 7d --format csv', '--history 7d --format json', '--bridge 7d'],
  ...[
    '--trades BTC',
    '--trades BTC --format csv',
    '--trades BTC --format json',
    '--trades BTC --format markdown',
  ],
].map((options) => `show ${options}`.trim());
const BUG = 1;

let stage: Stage;
let sql: postgres.Sql;

onSynced((opened) => {
  ({ stage, sql } = opened);
});

/** Runs a view and looks at what every reader of it relies on. */
async function expectSafe(command: string): Promise<string> {
  const { code, stdout, stderr } = await stage.run(command.split(' '));
  const said = stdout + stderr;
  const isHtml = command.includes('html');
  expect({ command, code, steering: STEERING.exec(said)?.[0] }).toEqual({
    command,
    code: 0,
    steering: undefined,
  });
  if (command.includes('json')) expect(typeof JSON.parse(stdout)).toBe('object');
  if (command.includes('csv'))
    expect({ command, formula: /(^|,)"?\s*[=@]/m.exec(stdout)?.[0] }).toEqual({ command });
  if (isHtml || command.includes('markdown'))
    expect({ command, markup: /(?<!\\)<img/.test(stdout) }).toEqual({ command, markup: false });
  return stdout;
}

describe('a database in which strangers write', () => {
  test('names planted in our tables are escaped wherever they are shown', async () => {
    // A bridge is told from two of them.
    expect((await stage.run(['sync'])).code).toBe(0);
    await sql`update exchange_sync.holdings set asset = ${NAME}, price_route = array[${NAME}] where asset = 'MNT'`;
    await sql`update exchange_sync.events set assets[1] = ${NAME}, market = ${`${NAME}/USDT`} where market = 'MNT/USDT'`;
    await sql`update exchange_sync.events set event_id = event_id || ${NAME}, assets[3] = ${NAME} where market = 'BTC/USDT'`;
    await sql`update exchange_sync.snapshot_items set asset = ${NAME} where asset = 'MNT'`;
    await sql`update exchange_sync.wallets set failure = ${NAME} where wallet = 'FUND'`;
    await sql`
      insert into sync_history (exchange_id, sync_type, success, end_time, error_message)
      values ('bybit', 'full', false, now() at time zone 'UTC', ${NAME})`;
    for (const view of VIEWS) await expectSafe(view);
    for (const check of ['check', 'check --format json']) {
      const { code, stdout, stderr } = await stage.run(check.split(' '));
      expect(code).not.toBeNull();
      expect({ check, steering: STEERING.exec(stdout + stderr)?.[0] }).toEqual({
        check,
        steering: undefined,
      });
    }
  }, 600_000);

  test('rows, columns and tables of others stay as they are', async () => {
    await sql`alter table portfolio_items add column note text default 'theirs', alter column asset type varchar(20)`;
    await sql`alter table sync_history add column bot integer`;
    await sql`alter table exchange_sync.holdings add column theirs text`;
    await sql`create table exchange_sync.theirs (id integer)`;
    await sql`
      insert into portfolio_items (exchange_id, asset, quantity, current_price)
      values ('kraken', 'BTC', 'NaN', null), (null, 'ETH', 1, 'NaN'), ('bybit/other', ${NAME.slice(0, 15)}, -1, 2), ('x', null, 1, 1)`;
    await sql`
      insert into sync_history (exchange_id, sync_type, success, end_time, error_message)
      values (null, null, null, null, ${NAME}), ('kraken', ${'x'.repeat(50)}, true, 'infinity', ${'x'.repeat(1_000_000)})`;
    const theirs = () =>
      sql`select id, exchange_id, asset, quantity, current_price, note from portfolio_items
           where exchange_id is distinct from 'bybit' order by id`;
    const before = [...(await theirs())];
    expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
    for (const view of VIEWS.slice(0, 3)) await expectSafe(view);
    expect([...(await theirs())]).toEqual(before);
  }, 300_000);

  test.each([
    ['a run that never ended', runOf('null', 'null')],
    ['a run that ends at the end of all time', runOf("'infinity'", 'true')],
    ['a run in a year that no program knows', runOf("'294000-01-01'", 'true')],
    ['a run of before all years', runOf("'-infinity'", 'false')],
  ])(
    '%s in sync_history is no bug',
    async (_title, statement) => {
      await sql.unsafe(statement);
      for (const command of ['show', 'show --format json', 'check --offline', 'sync']) {
        const { code, stdout, stderr } = await stage.run(command.split(' '));
        const isBug = /a bug in exchange-sync|unexpected:/.test(stdout + stderr);
        expect({ command, isBug, code: command.startsWith('check') || code !== BUG }).toEqual({
          command,
          isBug: false,
          code: true,
        });
      }
    },
    300_000,
  );
});

function runOf(endTime: string, success: string): string {
  return `insert into sync_history (exchange_id, sync_type, success, end_time, error_message)
          values ('bybit', 'full', ${success}, ${endTime}, 'x')`;
}
