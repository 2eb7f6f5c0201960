import type { Account } from '../models/account.js';
import type { Decimal } from '../models/decimal.js';
import type { Price } from '../models/holdings.js';
import type { StoredReport } from '../models/sync-report.js';
import { type Outcome, reportOf } from './account-report.js';
import type { History } from './history-reader.js';

/**
 * The part of a sync that the end of the run needs. Client, records and ledger are not included: those of a
 * thousand accounts would fill the memory.
 */
export interface StoredSync {
  readonly account: Account;
  readonly report: StoredReport;
  /** ms since 1970 */
  readonly endedAt: number;
  readonly quantities: ReadonlyMap<string, Decimal>;
  /** Prices of the assets that are held. */
  readonly prices: ReadonlyMap<string, Price>;
  /** Whether the sync found anything that another account's ledger may depend on. */
  readonly affectsOthers: boolean;
}

const hasNewTransfers = ({ newEvents }: History): boolean =>
  newEvents.has('deposit') || newEvents.has('withdrawal');

/** The outcome without the parts that only the sync itself needed. */
export function storedSync(account: Account, outcome: Outcome): StoredSync {
  const { reading, reconciled, commit } = outcome;
  const { quantities } = reading.holdings;
  return {
    account,
    report: reportOf(outcome),
    endedAt: commit.endedAt,
    quantities,
    prices: new Map([...reading.prices].filter(([asset]) => quantities.has(asset))),
    affectsOthers: hasNewTransfers(reading.history) || reconciled.ledger.transferredCosts.size > 0,
  };
}
