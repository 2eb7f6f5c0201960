import { expect, test } from '@jest/globals';
import { parseDecimal, toText } from '../../src/models/decimal.js';
import { type Holding, NO_PRICE, type Price } from '../../src/models/holdings.js';
import { rounded } from '../../src/models/figures.js';
import { STABLECOINS } from '../../src/models/currencies.js';
import { fetchPortfolio } from '../../src/repository/portfolio.js';
import { renderPortfolioJson } from '../../src/render/json/portfolio.js';
import { describeOnBoth } from '../support/databases.js';
import { pool, synced } from './pools.js';
import { rowsOf } from './view-rows.js';

const NOW = Date.UTC(2026, 0, 9, 12);

const priced = (price: string, ...route: readonly string[]): Price => ({
  known: true,
  price: parseDecimal(price),
  route,
  pricedAt: NOW - 1,
});

function holding(asset: string, quantity: string, price: Price, known = '0', cost = '0'): Holding {
  const knownQuantity = parseDecimal(known);
  const averageEntry = knownQuantity.isZero() ? undefined : parseDecimal(cost).div(knownQuantity);
  return {
    asset,
    quantity: parseDecimal(quantity),
    price,
    cost: { knownQuantity, cost: parseDecimal(cost), averageEntry },
  };
}

/** Every way in which something of a holding is not known, and every kind of money. */
const HOLDINGS = [
  holding('BTC', '0.5', priced('60000.12345678901234567890123', 'BTC/USDT'), '0.3', '15000'),
  holding('EUR', '100', priced('1.1', 'EUR/USDT'), '100', '110'),
  holding('FREE', '8', priced('0.25', 'FREE/BTC', 'BTC/USDT'), '8', '0'),
  holding('GIFT', '1000', NO_PRICE),
  holding('OWED', '-2', priced('3', 'OWED/USDT')),
  holding('SOLD', '7', NO_PRICE, '7', '14'),
  holding('UNKNOWN', '7', priced('2', 'UNKNOWN/USDT')),
  holding('USD', '5', priced('1', 'peg'), '5', '5'),
  holding('USDT', '250.5', priced('1', 'peg', 'USDT/USD 0.9'), '250.5', '250.5'),
];
const POOLS = [
  {
    ...pool('BTC', { trade: '7', fee: '-1', income: '2', transferFee: '-0.5' }),
    quantity: parseDecimal('9'),
  },
  { ...pool('FREE', {}), estimatedQuantity: parseDecimal('12') },
];

/** Figures of the views have 8 decimals, those of JSON all. */
const roundedText = (value: unknown): unknown =>
  typeof value === 'string' && /^-?\d+\.\d{9,}$/.test(value) ? toText(rounded(parseDecimal(value))) : value;

interface Shown {
  readonly accounts: readonly [
    {
      readonly holdings: readonly Readonly<Record<string, unknown>>[];
      readonly totals: Readonly<Record<string, unknown>>;
    },
  ];
}

describeOnBoth('the views', (database) => {
  const query = (view: string, account: string) => rowsOf(database(), view, account);
  const shownOf = async (account: string) => {
    const accounts = await database().run((sql) => fetchPortfolio(sql, [account]));
    const text = renderPortfolioJson(accounts, { now: NOW, currency: 'USD', recent: [] });
    return (JSON.parse(text, (_, value: unknown) => roundedText(value)) as Shown).accounts[0];
  };

  test('portfolio says of every holding what show says', async () => {
    const account = 'bybit/portfolio';
    await synced(database(), account, NOW, { holdings: HOLDINGS, ledger: { pools: POOLS } });
    const { holdings } = await shownOf(account);
    const rows = new Map((await query('portfolio', account)).map((row) => [row['asset'], row]));
    expect(rows.size).toBe(HOLDINGS.length);
    for (const said of holdings) {
      const row = rows.get(said['asset']);
      expect({
        asset: row?.['asset'],
        quantity: row?.['quantity'],
        price: row?.['price'],
        priceRoute: (row?.['price_route'] as string | null)?.split(', ') ?? null,
        pricedAt: (row?.['priced_at'] as Date | null)?.toISOString() ?? null,
        value: row?.['value'],
        averageEntry: row?.['average_entry'],
        cost: row?.['cost'],
        costKnownQuantity: row?.['known_quantity'],
        costEstimatedQuantity: row?.['estimated_quantity'],
        pnl: row?.['unrealized_pnl'],
        pnlPercent: row?.['unrealized_pnl_percent'],
        weightPercent: row?.['weight_percent'],
        lastKnownPrice: null,
      }).toEqual(said);
    }
    expect([rows.get('BTC')?.['realized_pnl'], rows.get('USDT')?.['realized_pnl']]).toEqual(['7.5', null]);
    expect(['EUR', 'USD', 'USDT'].map((asset) => rows.get(asset)?.['cash'])).toEqual([false, true, true]);
  });

  test('portfolio_history has the totals of show, and portfolio_history_assets the rows, of every sync', async () => {
    const account = 'bybit/history';
    const then = await synced(database(), account, NOW - 1000, {
      holdings: HOLDINGS.slice(3, 4),
      success: false,
    });
    const runId = await synced(database(), account, NOW, { holdings: HOLDINGS });
    const { holdings, totals } = await shownOf(account);
    const history = await query('portfolio_history', account);
    expect(history.find((row) => row['run_id'] === runId)).toEqual({
      account,
      taken_at: new Date(NOW),
      run_id: runId,
      complete: true,
      value: totals['value'],
      unpriced_assets: (totals['valueLeavesOut'] as string[]).join(', '),
      unrealized_pnl: totals['pnl'],
      pnl_cost: totals['pnlCost'],
      unrealized_pnl_percent: totals['pnlPercent'],
    });
    expect(history.find((row) => row['run_id'] === then)).toMatchObject({
      complete: false,
      value: null,
      unpriced_assets: 'GIFT',
      unrealized_pnl: null,
      pnl_cost: null,
    });
    const items = (await query('portfolio_history_assets', account)).filter((row) => row['run_id'] === runId);
    const figures = (row: Readonly<Record<string, unknown>>) =>
      ['asset', 'quantity', 'price', 'value', 'cost', 'unrealized_pnl', 'unrealized_pnl_percent'].map(
        (name) => row[name],
      );
    expect(items.map(figures).sort()).toEqual(
      holdings
        .map((said) =>
          ['asset', 'quantity', 'price', 'value', 'cost', 'pnl', 'pnlPercent'].map((name) => said[name]),
        )
        .sort(),
    );
    expect(items.find((row) => row['asset'] === 'BTC')?.['average_entry']).toMatch(/^50000$/);
    expect(items.find((row) => row['asset'] === 'UNKNOWN')?.['average_entry']).toBeNull();
  });

  test('the dollars in the database are those of the program', async () => {
    const rows = await database().run(
      (sql) => sql<{ asset: string }[]>`select asset from exchange_sync.dollars`,
    );
    expect(new Set(rows.map(({ asset }) => asset))).toEqual(new Set(['USD', ...STABLECOINS]));
  });

  test('every view and column has a comment, and a type that every tool knows', async () => {
    const columns = await database().run(
      (sql) => sql`
        select c.relname as view, a.attname as column, t.typtype as kind, col_description(c.oid, a.attnum) as said,
               obj_description(c.oid, 'pg_class') as title
          from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
         where c.relnamespace = 'exchange_sync'::regnamespace and c.relkind = 'v' and a.attnum > 0`,
    );
    expect(new Set(columns.map(({ view }) => view as string)).size).toBe(10);
    expect(
      columns.filter(({ kind, said, title }) => kind !== 'b' || said === null || title === null),
    ).toEqual([]);
  });

  test('a role that may read the views alone reads them and nothing else', async () => {
    await database().run(async (sql) => {
      await sql`create role viewer`;
      await sql`grant usage on schema exchange_sync to viewer`;
      await sql`grant select on exchange_sync.portfolio, exchange_sync.portfolio_history, exchange_sync.portfolio_history_assets,
        exchange_sync.realized_pnl, exchange_sync.cash_flows to viewer`;
    });
    const asViewer = (text: 'views' | 'raw') =>
      database().run((sql) =>
        sql.begin(async (transaction) => {
          await transaction`set local role viewer`;
          if (text === 'raw') return await transaction`select raw from exchange_sync.trades`;
          return await transaction`
            select (select count(*) from exchange_sync.portfolio) + (select count(*) from exchange_sync.portfolio_history)
              + (select count(*) from exchange_sync.portfolio_history_assets) + (select count(*) from exchange_sync.realized_pnl)
              + (select count(*) from exchange_sync.cash_flows) as rows`;
        }),
      );
    expect(await asViewer('views')).toHaveLength(1);
    await expect(asViewer('raw')).rejects.toThrow(/permission/);
  });
});
