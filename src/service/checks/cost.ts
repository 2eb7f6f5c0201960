import type { Database } from '../../database/with-database.js';
import type { AccountId } from '../../models/account.js';
import type { CheckResult } from '../../models/check.js';
import { type Decimal, parseDecimal } from '../../models/decimal.js';
import type { Balance } from '../../repository/balances.js';
import { fetchCostKnownAt } from '../../repository/snapshots.js';
import { costKnownOf } from '../differences.js';
import { nameFor, result } from './check.js';
import { DAY_MS } from '../../models/day.js';

/** A fall of the known share by more than this within a day is a warning. */
const MAX_FALL = parseDecimal('0.05');
const MAX_NAMES = 5;

/**
 * For which share of the value held the cost is known. Assets that came long ago without a record are
 * information; a share that fell within a day is a warning, as coins arrived whose cost is not known.
 */
export async function inspectCost(
  database: Database,
  account: AccountId,
  balances: readonly Balance[],
  now: number,
): Promise<CheckResult> {
  const name = nameFor('cost', account);
  const known = costKnownOf(balances);
  if (known === undefined) return result(name, 'ok', 'nothing is held that has a price');
  const performance = { known: `${percent(known)}%` };
  const message = `cost basis is known for ${percent(known)} % of the portfolio value${unknownIn(balances)}`;
  const before = await database.run((sql) => fetchCostKnownAt(sql, account, now - DAY_MS));
  if (before?.minus(known).gt(MAX_FALL)) {
    return result(name, 'warning', `${message}; a day ago it was ${percent(before)} %`, {
      performance,
      remedy:
        `Coins arrived without a record of their cost: see exchange-sync show -e ${account}. ` +
        'Late records resolve it automatically. This warning ends after a day.',
    });
  }
  return result(name, 'ok', message, { performance, information: known.lt(1) });
}

const percent = (share: Decimal): string => share.times(100).toFixed(2);

/** ` (not known for all of GIFT, SOL)` */
function unknownIn(balances: readonly Balance[]): string {
  const found = balances.filter(({ held, known, price }) => price !== undefined && known.lt(held));
  if (found.length === 0) return '';
  const names = found.slice(0, MAX_NAMES).map(({ asset }) => asset);
  const more = found.length > names.length ? ` and ${found.length - names.length} more` : '';
  return ` (not known for all of ${names.join(', ')}${more})`;
}
