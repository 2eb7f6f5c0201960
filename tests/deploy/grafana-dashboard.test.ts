import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type postgres from 'postgres';
import { onServer } from '../support/on-server.js';
import { readmeBlocks } from '../support/readme.js';
import { fill, SINCE } from '../support/stage.js';

const FILE = 'src/deploy/grafana-dashboard.json';
const HOUR_MS = 3_600_000;

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly rawSql: string; readonly format: 'table' | 'time_series' }[];
}

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly query: string;
}

const text = readFileSync(FILE, 'utf8');
const { panels, templating } = JSON.parse(text) as {
  panels: readonly Panel[];
  templating: { list: readonly Variable[] };
};
const queries = panels.flatMap(({ title, targets }) => targets.map((target) => ({ title, ...target })));

/** What Grafana puts in place of its macros and variables before it asks. */
function expanded(rawSql: string, interval = '30m'): string {
  const [from, to] = [-48 * HOUR_MS, HOUR_MS].map((ms) => `'${new Date(Date.now() + ms).toISOString()}'`);
  return rawSql
    .replaceAll(/\$__timeFilter\((\w+)\)/g, `$1 BETWEEN ${from} AND ${to}`)
    .replaceAll('$__timeFrom()', from ?? '')
    .replaceAll('$__timeTo()', to ?? '')
    .replaceAll('$__interval', interval)
    .replaceAll('${account:sqlstring}', `'bybit','bybit/sub'`);
}

test('it asks the database that is chosen, and none of somebody else', () => {
  const uids = [...text.matchAll(/"uid": "([^"]+)"/g)].map(([, uid]) => uid);
  expect(new Set(uids)).toEqual(new Set(['${datasource}', 'exchange-sync']));
  expect(templating.list.map(({ name }) => name)).toEqual(['datasource', 'account']);
});

test('no panel lies over another, and each has an id of its own', () => {
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, at) => `${x + (at % w)} ${y + Math.floor(at / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
});

describe('on PostgreSQL 15, as the role for readers', () => {
  let sql: postgres.Sql;

  onServer('all', async ({ stage, sql: connection }) => {
    sql = connection;
    fill(stage.account, stage.simulator.world.now());
    stage.account.deposit('ETH', '1', { time: stage.simulator.world.now() - 3 * HOUR_MS });
    stage.simulator.world.addAccount('subKey0123456789', 'subSecret0123456789abcdefghij');
    Object.assign(stage.env, {
      BYBIT_SUB_API_KEY: 'subKey0123456789',
      BYBIT_SUB_API_SECRET: 'subSecret0123456789abcdefghij',
      BYBIT_SUB_BASE_URL: stage.simulator.url,
    });
    for (const since of [SINCE, [], []]) expect((await stage.run(['sync', ...since])).code).toBe(0);
    const role =
      readmeBlocks('src/database/README.md', 'Views', 'sql').find((block) => block.includes('create role')) ??
      '';
    await sql.unsafe(role);
  });

  const ask = (query: string) =>
    sql.begin(async (transaction) => {
      await transaction`set local role reader`;
      return await transaction.unsafe(query);
    });

  test.each(queries)('$title: $format', async ({ rawSql, format }) => {
    for (const interval of ['500ms', '1m', '30m', '6h', '1d', '7d']) {
      const query = expanded(rawSql, interval);
      expect(query).not.toContain('$');
      const rows = await ask(query);
      expect(rows.length).toBeGreaterThan(0);
      if (format !== 'time_series') continue;
      expect(rows.columns.map(({ name }) => name)).toContain('time');
      // Grafana refuses series that are not in the order of time.
      const times = rows.map((row) => (row['time'] as Date).getTime());
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
  });

  test('the accounts to choose from are those that were synced', async () => {
    const query = templating.list.find(({ type }) => type === 'query')?.query ?? '';
    expect([...(await ask(query))]).toEqual([{ account: 'bybit' }, { account: 'bybit/sub' }]);
  });

  test('the totals are those of the views, and the sync is as old as it is', async () => {
    const one = async (title: string): Promise<Readonly<Record<string, unknown>>> => {
      const [row] = await ask(expanded(queries.find((query) => query.title === title)?.rawSql ?? ''));
      return row ?? {};
    };
    const [view] = await sql`
      select sum(value) as value, (select sum(realized) from exchange_sync.realized_pnl) as realized
        from exchange_sync.portfolio`;
    expect(await one('Value')).toEqual({ value: view?.['value'] as unknown });
    expect(await one('Realized in this time')).toEqual({ realized: view?.['realized'] as unknown });
    const age = Number((await one('Age of the last good sync'))['age']);
    expect(age).toBeGreaterThan(0);
    expect(age).toBeLessThan(600);
  });
});
