import { describe, expect, test } from '@jest/globals';
import type postgres from 'postgres';
import type { SimulatedAccount } from '../simulator/account.js';
import { onServer } from '../support/on-server.js';
import { SINCE, type Stage } from '../support/stage.js';
import { until } from '../support/until.js';

const HOUR_MS = 3_600_000;

let stage: Stage;
let sql: postgres.Sql;

onServer('each', (opened) => {
  ({ stage, sql } = opened);
});

/** A further account of the user, named `bybit/NAME`. */
function addAccount(name: string): SimulatedAccount {
  const account = stage.simulator.world.addAccount(
    `${name}Key0123456789`,
    `${name}Secret0123456789abcdefghij`,
  );
  const prefix = `BYBIT_${name.toUpperCase()}`;
  stage.env[`${prefix}_API_KEY`] = account.apiKey;
  stage.env[`${prefix}_API_SECRET`] = account.secret;
  stage.env[`${prefix}_BASE_URL`] = stage.simulator.url;
  return account;
}

const ago = (hours: number) => ({ time: stage.simulator.world.now() - hours * HOUR_MS });

/** 2 ETH for 1000 each. */
function buy(account: SimulatedAccount, hours: number): void {
  account.deposit('USDT', '9000', ago(hours + 1));
  account.trade({ symbol: 'ETHUSDT', side: 'Buy', amount: '2', price: '1000', feeRate: '0', ...ago(hours) });
}

function send(from: SimulatedAccount, to: SimulatedAccount, amount: string, hours: number): void {
  const sent = from.withdraw('ETH', amount, { ...ago(hours), fee: '0.1' });
  to.deposit('ETH', amount, ago(hours - 0.5))['txID'] = sent['txID'];
}

const costs = async () => [
  ...(await sql`select p.account, p.cost, h.cost as held, i.cost as snapshot, portfolio.avg_entry_price as entry
    from exchange_sync.pools p join exchange_sync.holdings h using (account, asset)
    join exchange_sync.snapshot_items i using (account, asset)
    join portfolio_items portfolio on portfolio.exchange_id = p.account and portfolio.asset = p.asset
   where p.asset = 'ETH' order by 1`),
];

const connections = async () => {
  await sql`select pg_stat_force_next_flush()`;
  const [row] =
    await sql`select sessions::int as count from pg_stat_database where datname = current_database()`;
  return row?.['count'] as number;
};

interface Reported {
  readonly account: string;
  readonly outcome: string;
  readonly unsettled: string | null;
}

const reported = (stdout: string) => (JSON.parse(stdout) as { accounts: Reported[] }).accounts;

describe('transfers between accounts', () => {
  test('bring their cost along in one run, however often the coins went on', async () => {
    const [a, b, c] = [stage.account, addAccount('b'), addAccount('c')];
    buy(a, 8);
    send(a, b, '1.5', 7);
    send(b, c, '1.1', 6);
    send(c, a, '0.5', 5);
    expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
    const cost = (account: string, amount: string) => ({
      account,
      cost: amount,
      held: amount,
      snapshot: amount,
      entry: '1000',
    });
    expect(await costs()).toEqual([cost('bybit', '900'), cost('bybit/b', '300'), cost('bybit/c', '500')]);
    const { stdout } = await stage.run(['check', '--offline', '--format', 'json']);
    const { checks } = JSON.parse(stdout) as { checks: { name: string; message: string }[] };
    expect(checks.filter(({ name }) => name.startsWith('books')).map(({ message }) => message)).toEqual([
      'replaying all 4 records reproduces the stored positions',
      'replaying all 2 records reproduces the stored positions',
      'replaying all 2 records reproduces the stored positions',
    ]);
  });

  test('are none any more once the other account was taken out of the database', async () => {
    const sub = addAccount('sub');
    buy(sub, 8);
    send(sub, stage.account, '1.5', 7);
    expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', table_schema, table_name) as name from information_schema.columns
        join information_schema.tables using (table_schema, table_name)
       where table_schema = 'exchange_sync' and column_name = 'account' and table_type = 'BASE TABLE'`;
    for (const { name } of tables) await sql.unsafe(`delete from ${name} where account = 'bybit/sub'`);
    expect((await stage.run(['sync', '-e', 'bybit'])).code).toBe(0);
    const { stdout } = await stage.run(['check', '-e', 'bybit', '--offline', '--only', 'books']);
    expect(stdout).toContain('replaying all 1 records reproduces the stored positions');
  });

  test('cost one look at each account where something was sent, and nothing where nothing was', async () => {
    const sub = addAccount('sub');
    buy(stage.account, 8);
    sub.deposit('XRP', '5', ago(8));
    await stage.run(['sync', ...SINCE]);
    await stage.run(['sync']);
    const used = async () => {
      const before = await connections();
      expect((await stage.run(['sync'])).code).toBe(0);
      return (await connections()) - before;
    };
    const quiet = await used();
    sub.deposit('XRP', '5');
    const looked = await used();
    // The deposit's price takes one more than a quiet run, and its storing another; the look takes two.
    expect({ quiet, looked }).toEqual({ quiet, looked: quiet + 4 });
    expect(await used()).toBe(quiet);
  });

  test('that fit one another in several ways are named by sync and check, and settled as the user says', async () => {
    const sub = addAccount('sub');
    buy(stage.account, 8);
    for (const row of [
      stage.account.withdraw('ETH', '0.5', ago(7)),
      stage.account.withdraw('ETH', '0.5', ago(6)),
      sub.deposit('ETH', '0.5', ago(5)),
    ]) {
      row['txID'] = '';
    }
    const doubtful = await stage.run(['sync', '--verbose', ...SINCE]);
    expect(doubtful.code).toBe(0);
    expect(
      doubtful.stdout.match(/Ambiguous transfers, not linked: withdrawal \S+ of bybit .*deposit/g),
    ).toHaveLength(2);
    const warned = await stage.run(['check', '--offline', '--exchange', 'bybit/sub']);
    expect(warned.code).toBe(1);
    const [remedy] = /update exchange_sync.transfers .*(?=; then)/.exec(warned.stdout) ?? [''];
    await sql.unsafe(remedy);
    expect((await stage.run(['sync'])).code).toBe(0);
    const [settled] = await sql`select cost from exchange_sync.holdings where account = 'bybit/sub'`;
    expect(settled).toEqual({ cost: '500' });
    const { stdout } = await stage.run(['check', '--offline', '--exchange', 'bybit/sub']);
    expect(stdout).not.toContain('none was linked');
  });

  test('wait for the next run where another run has synced the account since: what that one stored stays', async () => {
    const sub = addAccount('sub');
    buy(stage.account, 8);
    sub.deposit('USDT', '10', ago(8));
    expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
    send(stage.account, sub, '1.5', 1);
    // The price of this takes so long that the other account is stored, and synced once more, before.
    stage.account.deposit('XRP', '5', ago(1));
    stage.simulator.faults.add({ kind: 'delay', ms: 6_000, path: '/v5/market/kline', query: 'XRPUSDT' });
    const slow = stage.start(['sync']);
    const runs = async () =>
      (await sql`select from exchange_sync.snapshots where account = 'bybit/sub'`).length;
    await until(async () => ((await runs()) === 2 ? true : undefined));
    sub.trade({ symbol: 'ETHUSDT', side: 'Sell', amount: '0.5', price: '1200', feeRate: '0' });
    expect((await stage.run(['sync', '--exchange', 'bybit/sub'])).code).toBe(0);
    expect(await runs()).toBe(3);
    expect(await slow.ended).toMatchObject({ code: 0, stderr: '' });
    const held = async () => [
      ...(await sql`select h.quantity, h.cost, p.quantity as portfolio
        from exchange_sync.holdings h join portfolio_items p on p.exchange_id = h.account and p.asset = h.asset
       where h.account = 'bybit/sub' and h.asset = 'ETH'`),
    ];
    expect(await held()).toMatchObject([{ quantity: '1', portfolio: '1' }]);
    expect((await stage.run(['sync'])).code).toBe(0);
    expect(await held()).toEqual([{ quantity: '1', cost: '1000', portfolio: '1' }]);
  });

  test('that cannot be settled leave the accounts stored, and are said: 3', async () => {
    const sub = addAccount('sub');
    buy(stage.account, 8);
    await stage.run(['sync', ...SINCE]);
    await sql`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no settling'; end $$`;
    await sql`create trigger refuse before update on exchange_sync.snapshot_items for each row execute function refuse()`;
    send(stage.account, sub, '1.5', 1);
    const failed = await stage.run(['sync', '--json']);
    expect(failed.code).toBe(3);
    const accounts = reported(failed.stdout);
    expect(accounts.map(({ outcome }) => outcome)).toContain('partial');
    expect(accounts.map(({ outcome }) => outcome)).not.toContain('failed');
    expect(accounts.find(({ outcome }) => outcome === 'partial')?.unsettled).toContain('no settling');
    const [held] = await sql`select quantity from exchange_sync.holdings where account = 'bybit/sub'`;
    expect(held).toEqual({ quantity: '1.5' });
    await sql`drop trigger refuse on exchange_sync.snapshot_items`;
    expect((await stage.run(['sync'])).code).toBe(0);
    const [settled] = await sql`select cost from exchange_sync.holdings where account = 'bybit/sub'`;
    expect(settled).toEqual({ cost: '1500' });
  });
});
