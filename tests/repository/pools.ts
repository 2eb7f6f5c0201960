import { randomUUID } from 'node:crypto';
import type { Database } from '../../src/database/with-database.js';
import { emptyTotals } from '../../src/accounting/totals.js';
import { NOTHING } from '../../src/accounting/lot.js';
import { parseDecimal, ZERO } from '../../src/models/decimal.js';
import { type Holding, NO_PRICE } from '../../src/models/holdings.js';
import { TOTAL_KINDS, type TotalKind } from '../../src/models/pool.js';
import { saveAccount } from '../../src/repository/account-commit.js';
import type { LedgerCommit } from '../../src/repository/ledger-rows.js';
import { takeLease } from '../../src/repository/leases.js';
import { commitOf, dateRun, NO_LEDGER } from './leased.js';

export type Texts = Partial<Record<TotalKind | 'quantity', string>>;

/** A pool of so many coins, of which this was counted. */
export function pool(asset: string, { quantity = '0', ...counted }: Texts): LedgerCommit['pools'][number] {
  const total = emptyTotals();
  for (const kind of TOTAL_KINDS) total[kind] = parseDecimal(counted[kind] ?? '0');
  return { ...NOTHING, asset, cash: false, quantity: parseDecimal(quantity), total };
}

export const held = (asset: string, quantity: string, price?: string): Holding => ({
  asset,
  quantity: parseDecimal(quantity),
  price:
    price === undefined ? NO_PRICE : { known: true, price: parseDecimal(price), route: ['X'], pricedAt: 0 },
  cost: { knownQuantity: ZERO, cost: ZERO, averageEntry: undefined },
});

export interface Found {
  readonly holdings?: readonly Holding[];
  readonly ledger?: Partial<LedgerCommit>;
  readonly success?: boolean;
}

/** A run of the account that ended at a time and found this; gives its id. */
export async function synced(
  database: Database,
  account: string,
  endedAt: number,
  { holdings = [], ledger = {}, success = true }: Found,
): Promise<string> {
  const runId = randomUUID();
  await database.run(async (sql) => {
    await sql`delete from exchange_sync.leases where account = ${account}`;
    await takeLease(sql, { account, runId, holder: 'here:1', ttlMs: 60_000 });
    const commit = { holdings, success, ledger: { ...NO_LEDGER, ...ledger } };
    await saveAccount(sql, commitOf(account, runId, endedAt, commit));
    await dateRun(sql, account, runId, endedAt);
  });
  return runId;
}
