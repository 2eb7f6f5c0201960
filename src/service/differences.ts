import { unexplainedOf } from '../accounting/reconcile.js';
import { type Decimal, ZERO } from '../models/decimal.js';
import type { Difference, Holding } from '../models/holdings.js';
import type { Balance } from '../repository/balances.js';
import { DAY_MS } from '../models/day.js';

const NEW_FOR_MS = DAY_MS;

/** A balance with the quantity that the ledger explains, and its price. */
type Compared = Omit<Balance, 'known'>;

/** What is held beyond what the events explain; negative if less is held. */
export type Unexplained = Pick<Difference, 'asset' | 'amount'>;

/** The differences of an account now; one of the same amount as in the last sync keeps its age. */
export function differencesOf(
  holdings: readonly Holding[],
  pools: Parameters<typeof balancesOf>[1],
  before: readonly Difference[],
  now: number,
): readonly Difference[] {
  return differencesNow(balancesOf(holdings, pools), before, now);
}

/** The same for stored balances. */
export function differencesNow(
  balances: readonly Compared[],
  before: readonly Difference[],
  now: number,
): readonly Difference[] {
  const priceOf = new Map(balances.map(({ asset, price }) => [asset, price]));
  return unexplainedIn(balances).map(({ asset, amount }) => {
    const known = before.find((one) => one.asset === asset);
    const isSame = known && unexplainedOf(amount, known.amount, priceOf.get(asset)).isZero();
    return isSame ? known : { asset, amount, since: now };
  });
}

/** Whether a difference is younger than a day; an older one is no reason to warn again. */
export const isNewDifference = ({ since }: Pick<Difference, 'since'>, now: number): boolean =>
  since !== undefined && now - since < NEW_FOR_MS;

/** The held and the explained quantity of each asset, as `fetchBalances` reads them once they are stored. */
export function balancesOf(
  holdings: readonly Holding[],
  pools: readonly { readonly asset: string; readonly quantity: Decimal }[],
): readonly Compared[] {
  const held = new Map(holdings.map((holding) => [holding.asset, holding]));
  const replayed = new Map(pools.map(({ asset, quantity }) => [asset, quantity]));
  return [...new Set([...held.keys(), ...replayed.keys()])].map((asset) => {
    const { quantity = ZERO, price } = held.get(asset) ?? {};
    const known = price?.known ? price.price : undefined;
    return { asset, held: quantity, replayed: replayed.get(asset) ?? ZERO, price: known };
  });
}

/** The balances that the events do not explain. */
export function unexplainedIn(balances: readonly Compared[]): readonly Unexplained[] {
  return balances
    .map(({ asset, held, replayed, price }) => ({ asset, amount: unexplainedOf(held, replayed, price) }))
    .filter(({ amount }) => !amount.isZero());
}

/**
 * The share of the value held whose cost is known, from 0 to 1; undefined if nothing held has a price.
 * By value: a share of the coins of several assets has no meaning.
 */
export function costKnownOf(balances: readonly Balance[]): Decimal | undefined {
  const valued = balances.filter(({ held, price }) => price !== undefined && held.isPositive());
  const sum = (of: (balance: Balance) => Decimal) =>
    valued.reduce((total, one) => total.plus(of(one).times(one.price ?? ZERO)), ZERO);
  const whole = sum(({ held }) => held);
  return whole.isZero() ? undefined : sum(({ known }) => known).div(whole);
}
