import type { Sql } from 'postgres';

/** Every table of the history and its figures, with its key and what tells of runs and not of the history. */
const TABLES = {
  trades: { omit: ['arrival'] },
  transfers: { omit: ['arrival'] },
  incomes: { omit: ['arrival'] },
  pools: { omit: [] },
  daily_results: { omit: [] },
  missing_acquisitions: { omit: [] },
  unvalued_events: { omit: [] },
  carried_costs: { omit: [] },
  transfer_resolutions: { omit: [] },
  wallet_balances: { omit: [] },
  // Prices are those of the moment of the sync.
  holdings: { omit: ['updated_at', 'price', 'price_route', 'priced_at', 'last_price', 'last_priced_at'] },
  entries: { omit: ['arrival', 'created_at', 'affects_from', 'balance', 'balance_at'] },
  differences: { omit: ['since'] },
} as const;

/**
 * Bybit's internal deposits are read where a balance is unexplained. One that failed moves no balance, so that
 * whether it is seen depends on what else is looked for.
 */
const NEVER_ARRIVED = { direction: 'deposit', status: 'failed' };

/** The rows of every table as text, in order, by the table's name. */
export async function fetchTables(sql: Sql): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = new Map<string, readonly string[]>();
  for (const [name, { omit }] of Object.entries(TABLES)) {
    const rows = await sql<{ row: string }[]>`
      select (to_jsonb(t) - ${[...omit]}::text[])::text as row from ${sql(`exchange_sync.${name}`)} t
       where not (to_jsonb(t) @> ${sql.json(NEVER_ARRIVED)} and to_jsonb(t) ->> 'transfer_id' like 'internal:%')
       order by 1`;
    tables.set(
      name,
      rows.map(({ row }) => row),
    );
  }
  const checkpoints = await sql<{ row: string }[]>`
    select distinct on (account) (to_jsonb(c) - 'arrival')::text as row
      from exchange_sync.checkpoints c order by account, time desc`;
  tables.set(
    'the last checkpoint',
    checkpoints.map(({ row }) => row),
  );
  return tables;
}

/** Every row that is in one of the two only. */
export function compareTables(
  cut: ReadonlyMap<string, readonly string[]>,
  once: ReadonlyMap<string, readonly string[]>,
): string[] {
  return [...once].flatMap(([name, expected]) => {
    const [found, wanted] = [new Set(cut.get(name)), new Set(expected)];
    return [
      ...expected
        .filter((row) => !found.has(row))
        .map((row) => `${name}: one sync gives, cuts do not: ${row}`),
      ...[...found]
        .filter((row) => !wanted.has(row))
        .map((row) => `${name}: cuts give, one sync does not: ${row}`),
    ];
  });
}
