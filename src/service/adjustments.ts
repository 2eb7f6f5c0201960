import { entry } from '../accounting/openings.js';
import type { Entry } from '../models/account-event.js';
import { type Decimal, ZERO } from '../models/decimal.js';
import type { Holding } from '../models/holdings.js';
import { balancesOf, unexplainedIn } from './differences.js';
import type { AcceptUnexplained } from './sync-context.js';

const REASON = 'accepted by sync --accept-unexplained';

/** An adjustment for each difference that the user accepts, dated now. */
export function adjustmentEntries(
  accept: AcceptUnexplained,
  holdings: readonly Holding[],
  pools: readonly { readonly asset: string; readonly cash: boolean; readonly quantity: Decimal }[],
  now: number,
): readonly Entry[] {
  if (accept === undefined) return [];
  const balances = balancesOf(holdings, pools);
  return unexplainedIn(balances).flatMap(({ asset, amount: difference }) => {
    if (accept !== 'all' && !accept.has(asset.toUpperCase())) return [];
    const amount = withinPool(
      difference,
      pools.find((pool) => pool.asset === asset),
    );
    if (amount.isZero()) return [];
    const balance = balances.find((one) => one.asset === asset)?.held ?? ZERO;
    const id = `adjustment:${asset}:${new Date(now).toISOString()}`;
    const raw = { balance, balanceAt: now };
    return [entry({ id, type: 'adjustment', time: now, reason: REASON, raw }, asset, amount)];
  });
}

/** A pool holds no debt: at most what it holds can leave it. */
function withinPool(
  amount: Decimal,
  pool: { readonly cash: boolean; readonly quantity: Decimal } | undefined,
): Decimal {
  if (pool?.cash || amount.isPositive()) return amount;
  const held = pool?.quantity ?? ZERO;
  return held.plus(amount).isNegative() ? held.negated() : amount;
}
