import type { Story } from '../simulation/story.js';
import { balancesOf } from '../simulation/truth.js';
import { type Decimal, Exact, toText } from '../simulator/decimal.js';

/** Coins of every wallet, by `account wallet`; text, so that sets tell what is equal. */
export type Balances = ReadonlyMap<string, ReadonlyMap<string, string>>;

export const balancesNow = ({ traders }: Story): Balances =>
  summed(
    traders.flatMap((trader) =>
      balancesOf(trader).map(([wallet, asset, amount]) => [`${trader.id} ${wallet}`, asset, amount] as const),
    ),
  );

export function summed(
  rows: readonly (readonly [place: string, asset: string, amount: Decimal | string])[],
): Balances {
  const balances = new Map<string, Map<string, string>>();
  for (const [place, asset, amount] of rows) {
    const coins = balances.get(place) ?? new Map<string, string>();
    coins.set(asset, toText(new Exact(coins.get(asset) ?? '0').plus(amount)));
    balances.set(place, coins);
  }
  return balances;
}
