import type { AccountingSettings } from '../../accounting/settings.js';
import type { Database } from '../../database/with-database.js';
import type { AccountId } from '../../models/account.js';
import type { CheckResult } from '../../models/check.js';
import { coinChangesOf, coinChangeText } from '../../models/coin-changes.js';
import { toText } from '../../models/decimal.js';
import type { Difference } from '../../models/holdings.js';
import { type Ambiguity, pairingAdvice, transferName } from '../../models/transfers.js';
import { type Balance, fetchBalances } from '../../repository/balances.js';
import { fetchDifferences } from '../../repository/differences.js';
import { differencesNow, isNewDifference } from '../differences.js';
import { type Verification, verifyLedger } from '../verify-ledger.js';
import { nameFor, result } from './check.js';
import { inspectCost } from './cost.js';

/**
 * Whether the ledger equals a full replay, if one is requested, and which transfers are doubtful; what
 * the events do not explain, and of how much the cost is known.
 */
export async function inspectBooks(
  database: Database,
  settings: AccountingSettings,
  account: AccountId,
  { replay, now }: { readonly replay: boolean; readonly now: number },
): Promise<CheckResult[]> {
  const { balances, differences } = await database.run(async (sql) => ({
    balances: await fetchBalances(sql, account),
    differences: await fetchDifferences(sql, account),
  }));
  if (balances.length === 0) return [];
  const verification = replay ? [await verifyLedger(database, settings, account)] : [];
  return [
    ...verification.map((found) => replayResult(account, found)),
    ...verification.flatMap(({ ambiguous }) => ambiguous.map((one) => ambiguityResult(account, one))),
    driftResult(account, balances, differences, now),
    await inspectCost(database, account, balances, now),
  ];
}

function replayResult(account: AccountId, { outcome, events }: Verification): CheckResult {
  const name = nameFor('books', account);
  switch (outcome) {
    case 'equal':
      return result(name, 'ok', `replaying all ${events} records reproduces the stored positions`);
    case 'behind':
      return result(name, 'ok', 'the next sync applies the records that were stored after the last one');
    case 'different':
      return result(name, 'critical', 'replaying all records does not reproduce the stored positions', {
        remedy:
          'Please report it. To recompute everything: delete from exchange_sync.checkpoints; then exchange-sync sync',
      });
  }
}

const ambiguityResult = (account: AccountId, ambiguity: Ambiguity): CheckResult =>
  result(
    nameFor('transfers', account),
    'warning',
    `several transfers could match each other, so none was linked: ${ambiguity.map(transferName).join(', ')}`,
    { remedy: pairingAdvice(ambiguity) },
  );

/** A difference warns for a day; after that it is known, and listed without a warning. */
function driftResult(
  account: AccountId,
  balances: readonly Balance[],
  differences: readonly Difference[],
  now: number,
): CheckResult {
  const name = nameFor('drift', account);
  const found = differencesNow(balances, differences, now);
  const fresh = found.filter((one) => isNewDifference(one, now));
  const known = found.filter((one) => !isNewDifference(one, now));
  const performance = { assets: `${found.length}`, new: `${fresh.length}` };
  if (found.length === 0)
    return result(name, 'ok', 'all balances match the recorded history', { performance });
  const changes = coinChangesOf(
    balances.map(({ asset, held }) => ({ asset, quantity: held })),
    found,
  ).map((change) => `. ${coinChangeText(change)}`);
  const older = known.length === 0 ? '' : `; known for more than a day: ${listed(known)}`;
  const accept = `exchange-sync sync -e ${account} --accept-unexplained`;
  if (fresh.length === 0) {
    const message = `no new balance differences${older} (to accept them as adjustments: ${accept})${changes.join('')}`;
    return result(name, 'ok', message, { performance, information: true });
  }
  const message = `balance differences not explained by recorded history: ${listed(fresh)}${older}${changes.join('')}`;
  const remedy =
    'A positive difference means coins arrived with no matching record (cost unknown); a negative one means coins ' +
    'left without a record. Late records resolve it automatically. This warning ends after a day. ' +
    `To accept a difference as an adjustment: ${accept} ${fresh.map(({ asset }) => asset).join(' ')}`;
  return result(name, 'warning', message, { performance, remedy });
}

const listed = (differences: readonly Difference[]): string =>
  differences
    .map(({ asset, amount }) => `${asset} ${amount.isPositive() ? '+' : ''}${toText(amount)}`)
    .join(', ');
