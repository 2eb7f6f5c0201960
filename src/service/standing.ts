import { unexplainedOf } from '../accounting/reconcile.js';
import { type Decimal, ZERO } from '../models/decimal.js';
import type { Holding } from '../models/holdings.js';
import type { Balance } from '../repository/balances.js';

export interface Drift {
  readonly asset: string;
  /** Held beyond what the events explain; negative where less is held. */
  readonly drift: Decimal;
}

/** What is held of each asset beside what the events give: what `fetchBalances` reads, before it is stored. */
export function balancesOf(
  holdings: readonly Holding[],
  pools: readonly { readonly asset: string; readonly quantity: Decimal }[],
): Omit<Balance, 'known'>[] {
  const held = new Map(holdings.map((holding) => [holding.asset, holding]));
  const replayed = new Map(pools.map(({ asset, quantity }) => [asset, quantity]));
  return [...new Set([...held.keys(), ...replayed.keys()])].map((asset) => {
    const { quantity = ZERO, price } = held.get(asset) ?? {};
    const known = price?.known ? price.price : undefined;
    return { asset, held: quantity, replayed: replayed.get(asset) ?? ZERO, price: known };
  });
}

/** The balances that the events do not explain. */
export function driftsOf(balances: readonly Omit<Balance, 'known'>[]): readonly Drift[] {
  return balances
    .map(({ asset, held, replayed, price }) => ({ asset, drift: unexplainedOf(held, replayed, price) }))
    .filter(({ drift }) => !drift.isZero());
}

/**
 * The share of the value held whose cost is known, from 0 to 1; undefined where nothing held has a price.
 * By value, for a share of coins of several kinds says nothing.
 */
export function costKnownOf(balances: readonly Balance[]): Decimal | undefined {
  const valued = balances.filter(({ held, price }) => price !== undefined && held.isPositive());
  const sum = (of: (balance: Balance) => Decimal) =>
    valued.reduce((total, one) => total.plus(of(one).times(one.price ?? ZERO)), ZERO);
  const whole = sum(({ held }) => held);
  return whole.isZero() ? undefined : sum(({ known }) => known).div(whole);
}
