import { expect, test } from '@jest/globals';
import type postgres from 'postgres';
import { onServer } from '../support/on-server.js';
import { readmeBlocks } from '../support/readme.js';
import { fill, SINCE, type Stage } from '../support/stage.js';

const HOUR_MS = 3_600_000;

let stage: Stage;
let sql: postgres.Sql;

/** Two accounts, of which one has sent coins to the other and both have sent some elsewhere. */
onServer('all', async (opened) => {
  ({ stage, sql } = opened);
  const { account: main, simulator } = stage;
  const sub = simulator.world.addAccount('subKey0123456789', 'subSecret0123456789abcdefghij');
  Object.assign(stage.env, {
    BYBIT_SUB_API_KEY: sub.apiKey,
    BYBIT_SUB_API_SECRET: sub.secret,
    BYBIT_SUB_BASE_URL: simulator.url,
  });
  const ago = (hours: number) => ({ time: simulator.world.now() - hours * HOUR_MS });
  fill(main, simulator.world.now());
  const sent = main.withdraw('BTC', '0.02', { ...ago(5), fee: '0.001' });
  sub.deposit('BTC', '0.02', ago(4.5))['txID'] = sent['txID'];
  sub.withdraw('BTC', '0.005', { ...ago(4), fee: '0.0001' });
  sub.deposit('ETH', '1', ago(3));
  main.withdraw('USDT', '100', { ...ago(2), fee: '1' });
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
  expect((await stage.run(['sync'])).code).toBe(0);
});

test('cash_flows add up to what the books counted of every day and asset, to the last digit', async () => {
  const compared = await sql`
    select account, asset, deposits = coalesce(came, 0) and withdrawals = coalesce(went, 0) as same
      from (select * from exchange_sync.daily_results where deposits <> 0 or withdrawals <> 0) as counted
      full join (
        select account, (time at time zone 'UTC')::date as day, asset,
               sum(value) filter (where direction = 'deposit') as came,
               sum(value) filter (where direction = 'withdrawal') as went
          from exchange_sync.cash_flows group by 1, 2, 3) as flows using (account, day, asset)`;
  expect(compared.length).toBeGreaterThanOrEqual(4);
  expect(compared.filter(({ same }) => same !== true)).toEqual([]);
  const [own] = await sql`
    select count(*)::int as flows, sum(net_value) as net from exchange_sync.cash_flows where own_account`;
  expect(own).toEqual({ flows: 2, net: expect.stringMatching(/^-?0(\.0+)?$/) as unknown });
});

test('portfolio and its history have the totals that show prints, to 8 decimals', async () => {
  const { stdout } = await stage.run(['show', '--format', 'json']);
  const { accounts } = JSON.parse(stdout) as {
    accounts: { account: string; totals: { value: string; pnl: string | null } }[];
  };
  expect(accounts).toHaveLength(2);
  for (const { account, totals } of accounts) {
    const [same] = await sql`
      select abs(sum(p.value) - ${totals.value}::numeric) < 1e-7 and h.value = round(${totals.value}::numeric, 8) as value,
             abs(sum(p.unrealized_pnl) - ${totals.pnl}::numeric) < 1e-7
               and h.unrealized_pnl = round(${totals.pnl}::numeric, 8) as pnl
        from exchange_sync.portfolio p
        join lateral (select * from exchange_sync.portfolio_history h where h.account = p.account
                       order by taken_at desc limit 1) h using (account)
       where account = ${account} group by h.value, h.unrealized_pnl`;
    expect(same).toEqual({ value: true, pnl: true });
  }
});

test("README's queries and its role for readers work as they are printed", async () => {
  const blocks = readmeBlocks('src/database/README.md', 'Views', 'sql');
  const statements = blocks.flatMap((block) => block.split(/;\n+/)).filter((text) => text.trim() !== '');
  expect(statements.length).toBeGreaterThanOrEqual(7);
  const answers: Record<string, number> = {};
  for (const statement of statements) {
    const title = /^-- (.*)$/m.exec(statement)?.[1] ?? statement;
    answers[title] = (await sql.unsafe(statement)).length;
  }
  const queries = Object.entries(answers).filter(([title]) => !/^(create|grant|alter)/.test(title));
  expect(queries.filter(([, rows]) => rows === 0)).toEqual([]);
  const reader = await sql`
    select relname as name from pg_class
     where relnamespace = 'exchange_sync'::regnamespace and relkind in ('r', 'v')
       and has_table_privilege('reader', format('exchange_sync.%I', relname), 'SELECT') order by 1`;
  expect(reader.map(({ name }) => name as string)).toEqual([
    'cash_flows',
    'event_legs',
    'portfolio',
    'portfolio_history',
    'portfolio_history_assets',
    'realized_pnl',
  ]);
});
