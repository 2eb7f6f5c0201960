import { Exact, toText } from '../../simulator/decimal.js';
import { summed } from '../balances.js';
import type { Evidence } from '../evidence.js';
import { msOf, printed, type Records, type Row, rowsOf, type Table } from '../records.js';

/** Everything that one commit wrote is there, and nothing of any other. */
export const wholeAccounts = ({
  accounts,
  before,
  after,
}: Pick<Evidence, 'accounts' | 'before' | 'after'>): string[] =>
  accounts.flatMap((account) => [
    ...lostSnapshots(before, after, account),
    ...unpairedRuns(after, account),
    ...(newestOf(after, account) ? unlikeNewest(after, account) : leftBehind(after, account)),
    ...changedWithoutCommit(before, after, account),
  ]);

function lostSnapshots(before: Records, after: Records, account: string): string[] {
  const kept = new Set(rowsOf(after, 'snapshots', account).map(printed));
  return rowsOf(before, 'snapshots', account)
    .filter((row) => !kept.has(printed(row)))
    .map((row) => `the snapshot ${printed(row)} is gone or was changed`);
}

const itemsOf = (records: Records, { account, run_id }: Row): readonly Row[] =>
  records.snapshot_items.filter((item) => item['account'] === account && item['run_id'] === run_id);

/** The row of the run that took a snapshot: no two runs of an account end in the same millisecond. */
const runOf = (records: Records, account: string, snapshot: Row): Row[] =>
  rowsOf(records, 'public.sync_history', account).filter(
    (run) => run['items_processed'] === run['items_synced'] && isTakenBy(snapshot, run),
  );

const isTakenBy = (snapshot: Row, run: Row): boolean =>
  msOf(run['end_time']) === msOf(snapshot['taken_at']) && run['success'] === snapshot['complete'];

function unpairedRuns(records: Records, account: string): string[] {
  const snapshots = rowsOf(records, 'snapshots', account);
  const unpaired = snapshots.flatMap((snapshot) => {
    const runs = runOf(records, account, snapshot);
    const items = String(itemsOf(records, snapshot).length);
    const fits = runs.length === 1 && runs[0]?.['items_synced'] === items;
    return fits
      ? []
      : [`the snapshot ${printed(snapshot)} of ${items} items has the runs ${JSON.stringify(runs)}`];
  });
  const successes = rowsOf(records, 'public.sync_history', account).filter(
    (run) => run['success'] === 'true',
  );
  const bare = successes.filter((run) => !snapshots.some((snapshot) => isTakenBy(snapshot, run)));
  return [...unpaired, ...bare.map((run) => `the successful run ${printed(run)} has no snapshot`)];
}

/** The snapshot of the commit that came last, whatever its clock said. */
function newestOf(records: Records, account: string): Row | undefined {
  const byId = (snapshot: Row) => Number(runOf(records, account, snapshot)[0]?.['id'] ?? -1);
  return [...rowsOf(records, 'snapshots', account)].sort((a, b) => byId(a) - byId(b)).at(-1);
}

function unlikeNewest(records: Records, account: string): string[] {
  const newest = newestOf(records, account);
  if (!newest) return [];
  const holdings = rowsOf(records, 'holdings', account);
  const stale = holdings.filter((row) => msOf(row['updated_at']) !== msOf(newest['taken_at']));
  return [
    ...stale.map((row) => `the holding ${printed(row)} is not of the newest snapshot, ${printed(newest)}`),
    ...differing('holdings', 'the snapshot', holdings.map(asItem), itemsOf(records, newest).map(asItem)),
    ...differing('holdings', 'wallet_balances', holdings.map(asAmount), inWallets(records, account)),
    ...differing(
      'holdings',
      'portfolio_items',
      holdings.map(asPortfolioItem),
      rowsOf(records, 'public.portfolio_items', account).map(asPortfolioItem),
    ),
  ];
}

const asItem = ({ asset, quantity, price, known_quantity, cost }: Row): string =>
  JSON.stringify({ asset, quantity, price, known_quantity, cost });

const asPortfolioItem = (row: Row): string =>
  JSON.stringify([
    ...[row['asset'], row['quantity'], row['price'] ?? row['current_price'] ?? null],
    row['average_entry'] ?? row['avg_entry_price'] ?? null,
  ]);

const asAmount = ({ asset, quantity }: Row): string =>
  JSON.stringify({ asset, quantity: toText(new Exact(quantity ?? '0')) });

/** What is stored of all wallets by coin; one that could not be read has what it held last. */
function inWallets(records: Records, account: string): string[] {
  const rows = rowsOf(records, 'wallet_balances', account).map(
    ({ asset, total, borrowed }) =>
      [account, asset ?? '', new Exact(total ?? '0').minus(borrowed ?? '0')] as const,
  );
  return [...(summed(rows).get(account) ?? [])]
    .filter(([, quantity]) => quantity !== '0')
    .map(([asset, quantity]) => JSON.stringify({ asset, quantity }));
}

function differing(one: string, other: string, these: readonly string[], those: readonly string[]): string[] {
  return [
    ...these.filter((row) => !those.includes(row)).map((row) => `${one} have ${row}, ${other} does not`),
    ...those.filter((row) => !these.includes(row)).map((row) => `${other} has ${row}, ${one} do not`),
  ];
}

const OF_A_COMMIT: readonly Table[] = [
  ...(['holdings', 'public.portfolio_items', 'pools', 'daily_results', 'pool_history'] as const),
  ...(['wallets', 'wallet_balances', 'snapshot_items', 'missing_acquisitions'] as const),
];

/** Before the first commit there may be events and cursors, of pages, and no more. */
const leftBehind = (records: Records, account: string): string[] =>
  OF_A_COMMIT.flatMap((table) =>
    rowsOf(records, table, account).map((row) => `nothing was committed, and ${table} has ${printed(row)}`),
  );

function changedWithoutCommit(before: Records, after: Records, account: string): string[] {
  const commits = (records: Records) => rowsOf(records, 'snapshots', account).length;
  if (commits(after) > commits(before)) return [];
  return OF_A_COMMIT.flatMap((table) => {
    const rows = (records: Records) => rowsOf(records, table, account).map(printed);
    return differing(`what ${table} held before`, 'now', rows(before), rows(after));
  });
}
