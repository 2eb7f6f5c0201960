import { applyEvent } from '../accounting/apply-event.js';
import type { Ledger } from '../accounting/ledger.js';
import type { ResolvedEvent } from '../accounting/resolve.js';
import type { AccountingSettings } from '../accounting/settings.js';
import type { Database } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import type { Ambiguity } from '../models/transfers.js';
import { fetchCheckpoint } from '../repository/checkpoints.js';
import { fetchLedgerStatus } from './ledger-status.js';
import { replayStored } from './replay-stored.js';

export interface Verification {
  /** `behind`: something is stored that no sync has applied yet, so there is nothing to compare. */
  readonly outcome: 'equal' | 'different' | 'behind';
  readonly events: number;
  /** Groups of transfers that could match in several ways. */
  readonly ambiguous: readonly Ambiguity[];
}

/** Replays the whole stored history of an account and compares the result with its stored ledger. */
export async function verifyLedger(
  database: Database,
  settings: AccountingSettings,
  account: AccountId,
): Promise<Verification> {
  const { transfers, behind, stored } = await database.run(async (sql) => {
    const standing = await fetchLedgerStatus(sql, settings, account);
    const [newest] = standing.position.times;
    const checkpoint = newest === undefined ? undefined : await fetchCheckpoint(sql, account, newest);
    return { ...standing, stored: checkpoint };
  });
  const { ambiguous } = transfers;
  if (behind) return { outcome: 'behind', events: 0, ambiguous };

  const { ledger, counted } = await replayStored(database, settings, account, transfers.resolve, counting);
  const equal = JSON.stringify(ledger.state()) === JSON.stringify(stored ?? { pools: [] });
  return { outcome: equal ? 'equal' : 'different', events: counted(), ambiguous };
}

function counting(ledger: Ledger) {
  let count = 0;
  return {
    ledger,
    counted: () => count,
    apply: (event: ResolvedEvent) => {
      applyEvent(ledger, event);
      count += 1;
    },
  };
}
