import { unexplainedOf } from '../accounting/reconcile.js';
import type { Difference, Holding } from '../models/holdings.js';
import { balancesOf, driftsOf } from './standing.js';

const NEW_FOR_MS = 24 * 3_600_000;

/** The differences of an account now; one of the same amount as in the last sync keeps its age. */
export function differencesOf(
  holdings: readonly Holding[],
  pools: Parameters<typeof balancesOf>[1],
  before: readonly Difference[],
  now: number,
): readonly Difference[] {
  return differencesNow(balancesOf(holdings, pools), before, now);
}

/** The same of balances as they are stored. */
export function differencesNow(
  balances: Parameters<typeof driftsOf>[0],
  before: readonly Difference[],
  now: number,
): readonly Difference[] {
  const priceOf = new Map(balances.map(({ asset, price }) => [asset, price]));
  return driftsOf(balances).map(({ asset, drift }) => {
    const known = before.find((one) => one.asset === asset);
    const same = known && unexplainedOf(drift, known.amount, priceOf.get(asset)).isZero();
    return same ? known : { asset, amount: drift, since: now };
  });
}

/** Whether a difference is younger than a day: an older one is known, and no reason to warn again. */
export const isNewDifference = ({ since }: Pick<Difference, 'since'>, now: number): boolean =>
  since !== undefined && now - since < NEW_FOR_MS;
