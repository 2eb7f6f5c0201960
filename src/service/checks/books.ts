import type { AccountingSettings } from '../../accounting/settings.js';
import type { Database } from '../../database/with-database.js';
import type { AccountId } from '../../models/account.js';
import type { CheckResult } from '../../models/check.js';
import { toText } from '../../models/decimal.js';
import { type Ambiguity, pairingAdvice, transferName } from '../../models/transfers.js';
import { type Balance, fetchBalances } from '../../repository/balances.js';
import { driftsOf } from '../standing.js';
import { type Verification, verifyBooks } from '../verify-books.js';
import { nameFor, result } from './check.js';
import { inspectCost } from './cost.js';

/**
 * Whether the books are what a full replay gives, where one is wanted, and which transfers are doubtful; what
 * the events do not explain, and of how much the cost is known.
 */
export async function inspectBooks(
  database: Database,
  settings: AccountingSettings,
  account: AccountId,
  { replay, now }: { readonly replay: boolean; readonly now: number },
): Promise<CheckResult[]> {
  const balances = await database.run((sql) => fetchBalances(sql, account));
  if (balances.length === 0) return [];
  const verification = replay ? [await verifyBooks(database, settings, account)] : [];
  return [
    ...verification.map((found) => replayResult(account, found)),
    ...verification.flatMap(({ ambiguous }) => ambiguous.map((one) => ambiguityResult(account, one))),
    driftResult(account, balances),
    await inspectCost(database, account, balances, now),
  ];
}

function replayResult(account: AccountId, { outcome, events }: Verification): CheckResult {
  const name = nameFor('books', account);
  switch (outcome) {
    case 'equal':
      return result(name, 'ok', `a full replay of ${events} events equals what is stored`);
    case 'behind':
      return result(name, 'ok', 'the next sync reckons in what was stored since the last');
    case 'different':
      return result(name, 'critical', 'a full replay of the events differs from what is stored', {
        remedy:
          'Please report it. To work the books out anew: delete from exchange_sync.checkpoints; then exchange-sync sync',
      });
  }
}

const ambiguityResult = (account: AccountId, ambiguity: Ambiguity): CheckResult =>
  result(
    nameFor('transfers', account),
    'warning',
    `which of these belong together cannot be told, so none does: ${ambiguity.map(transferName).join(', ')}`,
    { remedy: pairingAdvice(ambiguity) },
  );

function driftResult(account: AccountId, balances: readonly Balance[]): CheckResult {
  const name = nameFor('drift', account);
  const drifting = driftsOf(balances).map(
    ({ asset, drift }) => `${asset} ${drift.isPositive() ? '+' : ''}${toText(drift)}`,
  );
  const performance = { assets: `${drifting.length}` };
  if (drifting.length === 0) {
    return result(name, 'ok', 'the events explain every balance', { performance });
  }
  return result(name, 'warning', `balances that the events do not explain: ${drifting.join(', ')}`, {
    performance,
    remedy:
      'Positive: coins came without a record that can be read (their cost is unknown); negative: coins left so. ' +
      'It mends itself where the record comes late.',
  });
}
