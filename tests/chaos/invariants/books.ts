import { accountingSettings } from '../../../src/cli/context.js';
import { parseSettings } from '../../../src/config/settings.js';
import { applyEvent } from '../../../src/accounting/apply-event.js';
import type { Ledger } from '../../../src/accounting/ledger.js';
import type { ResolvedEvent } from '../../../src/accounting/resolve.js';
import { ledgerRows } from '../../../src/repository/ledger-rows.js';
import { fetchLedgerStatus } from '../../../src/service/ledger-status.js';
import { poolRow } from '../../../src/service/update-ledger.js';
import { replayStored } from '../../../src/service/replay-stored.js';
import type { Evidence } from '../evidence.js';
import { type Row, rowsOf } from '../records.js';

/** The books equal what comes of all stored events from nothing; those that wait for a sync are said to. */
export async function books({
  accounts,
  after,
  database,
}: Pick<Evidence, 'accounts' | 'after' | 'database'>): Promise<string[]> {
  const found: string[] = [];
  for (const account of accounts) {
    // Before the first commit there are no books, and before the first run no tables.
    if (rowsOf(after, 'snapshots', account).length === 0) continue;
    const { behind, transfers } = await database.run((sql) => fetchLedgerStatus(sql, SETTINGS, account));
    if (behind) continue;
    const { ledger } = await replayStored(database, SETTINGS, account, transfers.resolve, applying);
    const { pools, daily_results } = rowsOfLedger(ledger);
    found.push(
      ...unequal(`${account} pools`, pools, rowsOf(after, 'pools', account), 'asset'),
      ...unequal(
        `${account} daily results`,
        daily_results,
        rowsOf(after, 'daily_results', account),
        'asset',
        'day',
      ),
    );
  }
  return found;
}

const parsed = parseSettings({});
if (!parsed.ok) throw new Error('the settings without an environment are refused');
/** Without an environment. */
export const SETTINGS = accountingSettings(parsed.value);

const applying = (ledger: Ledger) => ({
  ledger,
  apply: (event: ResolvedEvent) => {
    applyEvent(ledger, event);
  },
});

const rowsOfLedger = (ledger: Ledger) =>
  ledgerRows({
    ...{
      after: undefined,
      settings: '',
      arrival: '0',
      missing: [],
      unvalued: [],
      transferredCosts: new Map(),
    },
    ...{ checkpoints: [], dropped: [], resolutions: [] },
    pools: ledger.state().pools.map(poolRow),
    days: ledger.days(),
  });

/** Every column of the replay that the stored row of the same key has otherwise. */
function unequal(
  what: string,
  replayed: readonly object[],
  stored: readonly Row[],
  ...key: readonly string[]
): string[] {
  const keyOf = (row: object) => key.map((column) => String((row as Row)[column])).join(' ');
  const known = new Map(stored.map((row) => [keyOf(row), row]));
  const wanted = new Set(replayed.map(keyOf));
  return [
    ...stored
      .filter((row) => !wanted.has(keyOf(row)))
      .map((row) => `${what}: ${keyOf(row)} follows from nothing`),
    ...replayed.flatMap((row) =>
      Object.entries(row).flatMap(([column, value]) => {
        const is = known.get(keyOf(row))?.[column];
        return is === String(value)
          ? []
          : [`${what}: ${keyOf(row)} has ${column} ${String(is)}, replayed ${String(value)}`];
      }),
    ),
  ];
}
