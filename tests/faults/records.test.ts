import { expect } from '@jest/globals';
import type postgres from 'postgres';
import type { ServerSettings } from '../../src/models/settings.js';
import { parseDecimal } from '../simulator/decimal.js';
import type { Answer } from '../simulator/faults.js';
import { connect } from '../support/on-server.js';
import type { TestServer } from '../support/postgres.js';
import { SINCE, type Stage } from '../support/stage.js';
import { STEERING } from '../support/steering.js';
import { onSynced } from '../support/synced.js';
import { urlOf } from '../support/urls.js';
import { fault } from './fault.js';

const EXECUTIONS = '/v5/execution/list';
const HOUR_MS = 3_600_000;

let server: TestServer;
let stage: Stage;
let sql: postgres.Sql;

onSynced((opened) => {
  ({ server, stage, sql } = opened);
});

const editList = (path: string, change: (rows: Record<string, unknown>[]) => Record<string, unknown>[]) => {
  const edit = ({ result, ...body }: Answer) => ({
    ...body,
    result: { ...result, list: change(result.list ?? []) },
  });
  stage.simulator.faults.add({ kind: 'edit', edit, path, times: 99 });
};

fault(33, async () => {
  editList('/v5/market/tickers', (rows) => rows.filter(({ symbol }) => symbol !== 'MNTUSDT'));
  const synced = await stage.run(['sync', '--verbose']);
  expect(synced).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('! No price for MNT.') as unknown,
  });
  const [item] = await sql`select quantity, current_price from portfolio_items where asset = 'MNT'`;
  expect(item).toEqual({ quantity: '100', current_price: null });
  const { holdings } = await stage.show();
  expect(holdings.find(({ asset }) => asset === 'MNT')).toMatchObject({
    price: null,
    value: null,
    lastKnownPrice: {
      price: expect.stringMatching(/^0\.7\d+$/) as unknown,
      at: expect.any(String) as unknown,
    },
  });
  const { stdout } = await stage.run(['show']);
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
    /No price for MNT: not in the totals; last known 0\.7\d+ USD (\d+ (s|min) ago|just now)/,
  );
});

const SQL_NAME = "'; drop table portfolio_items; --";
const HOSTILE = ['\u001b[31mRED\u0007', '\u202eCTB', '\u200bBTC', SQL_NAME, '=cmd|calc', '$(reboot)', '<b>'];

fault(36, async () => {
  for (const name of HOSTILE) stage.account.wallets.UNIFIED.set(name, parseDecimal('1'));
  const commands = ['sync --verbose', 'sync --json', 'check', 'check --format json'];
  const views = [
    'show',
    'show --format json',
    'show --format csv',
    'show --format markdown',
    'show --group asset',
  ];
  for (const command of [...commands, ...views, 'show --bridge 7d', 'show --history 7d --format csv']) {
    const { code, stdout, stderr } = await stage.run(command.split(' '));
    expect({ command, code: code === 0 || command.startsWith('check') }).toEqual({ command, code: true });
    expect({ command, found: STEERING.exec(stdout + stderr)?.[0] }).toEqual({ command, found: undefined });
  }
  const rows = await sql`select asset from portfolio_items where quantity = 1`;
  expect(new Set(rows.map(({ asset }) => String(asset)))).toEqual(new Set(HOSTILE));
  expect((await stage.run(['show', '--format', 'csv'])).stdout).toContain(",'=cmd|calc,");

  // No text of PostgreSQL has a NUL.
  stage.account.wallets.UNIFIED.set('A\u0000B', parseDecimal('1'));
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
  expect(await sql`select from portfolio_items where asset = ${'A\uFFFDB'}`).toHaveLength(1);
  // None of portfolio_items is longer than 50 characters.
  stage.account.wallets.UNIFIED.set('X'.repeat(51), parseDecimal('1'));
  const refused = await stage.run(['sync']);
  expect(refused).toMatchObject({
    code: 65,
    stderr: expect.stringContaining('the wallet UNIFIED, which is longer than 50 characters') as unknown,
  });
  expect(await sql`select from portfolio_items where quantity = 1`).toHaveLength(HOSTILE.length + 1);
});

/** What is known of the trades and follows from them. */
async function booksIn(database: postgres.Sql) {
  const trades =
    await database`select symbol, trade_id, side, amount, price, value, time from exchange_sync.trades order by 1, 2`;
  const pools = await database`select * from exchange_sync.pools order by account, asset`;
  const items = await database`select asset, quantity, avg_entry_price from portfolio_items order by asset`;
  return { trades: [...trades], pools: [...pools], items: [...items] };
}

fault(37, async () => {
  const now = stage.simulator.world.now();
  // Of two in one millisecond the number of each tells which was first.
  for (const [price, time] of [
    ['60000', now - HOUR_MS],
    ['61000', now],
    ['59000', now],
  ] as const) {
    stage.account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.01', price, time });
    stage.account.trade({ symbol: 'BTCUSDT', side: 'Sell', amount: '0.005', price, time });
  }
  const clean: ServerSettings = await server.createDatabase();
  expect((await stage.run(['sync', ...SINCE], { env: { DATABASE_URL: urlOf(clean) } })).code).toBe(0);
  editList(EXECUTIONS, (rows) => [...rows.toReversed(), ...rows]);
  for (const run of ['first', 'second'])
    expect({ run, ...(await stage.run(['sync'])) }).toMatchObject({ run, code: 0 });
  const other = connect(clean);
  const expected = await booksIn(other);
  await other.end();
  expect(expected.trades).toHaveLength(9);
  expect(await booksIn(sql)).toEqual(expected);
});

fault(38, async () => {
  const { account, simulator } = stage;
  const trades = async () => (await sql`select from exchange_sync.trades`).length;
  account.trade({
    symbol: 'BTCUSDT',
    side: 'Buy',
    amount: '0.01',
    price: '60000',
    time: simulator.world.now() - HOUR_MS,
  });
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
  expect(await trades()).toBe(4);

  for (let count = 0; count < 250; count += 1) {
    account.trade({ symbol: 'XRPUSDT', side: 'Buy', amount: '1', price: '0.5' });
  }
  // The third page is lost; what was read before it is stored with the place where to go on.
  simulator.faults.add({ kind: 'status', status: 500, path: EXECUTIONS, at: 3, times: 99 });
  expect((await stage.run(['sync', '--timeout', '30s'])).code).toBe(3);
  const [cursor] =
    await sql`select complete_until < now() - interval '1 minute' as behind, page is not null as open
    from exchange_sync.cursors where stream = 'trades'`;
  expect({ stored: (await trades()) < 4 + 250, ...cursor }).toEqual({
    stored: true,
    behind: true,
    open: true,
  });
  simulator.faults.clear();
  expect((await stage.run(['sync'])).code).toBe(0);
  expect(await trades()).toBe(4 + 250);
});
