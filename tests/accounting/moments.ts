import { NO_COUNTS } from '../../src/accounting/bridge.js';
import { sumOfLots } from '../../src/accounting/lot.js';
import { totalOf } from '../../src/accounting/totals.js';
import type { AssetMoment, BridgeTerms, Counts, Moment, TotalBridge } from '../../src/models/bridge.js';
import { BRIDGE_TERMS } from '../../src/models/bridge.js';
import { type Decimal, ZERO } from '../../src/models/decimal.js';
import type { Pool } from '../../src/models/pool.js';

export type PriceOf = (asset: string) => Decimal | undefined;

export interface Seen {
  readonly price: PriceOf;
  /** What the exchange says is held beyond what the events moved. */
  readonly astray?: ReadonlyMap<string, Decimal>;
}

/** A snapshot of these books: the exchange says what the events give, but for what is astray. */
export function momentOf(books: readonly Pool[], { price, astray = new Map() }: Seen): Moment {
  const byAsset = new Map(books.map((pool) => [pool.asset, pool]));
  const assets = [...byAsset.keys(), ...astray.keys()].map((asset): [string, AssetMoment] => {
    const pool = byAsset.get(asset);
    const counts = pool ? countsOf(pool) : NO_COUNTS;
    const quantity = counts.moved.plus(astray.get(asset) ?? ZERO);
    // What is not held has no price in a snapshot.
    return [asset, { quantity, price: quantity.isZero() ? undefined : price(asset), counts }];
  });
  return { time: 0, complete: true, assets: new Map(assets) };
}

function countsOf(pool: Pool): Counts {
  const { deposits, withdrawals, unvaluedQuantity, ...totals } = totalOf(pool);
  const { grossGain, income, feesPaid, book: value, unvaluedMoved, estimatedSold, missing } = totals;
  return {
    moved: (pool.cash ? pool.balance : sumOfLots(pool).quantity).minus(missing),
    ...{ grossGain, income, feesPaid, deposits, withdrawals, book: value },
    ...{ unvaluedQuantity, unvaluedMoved, estimatedSold },
  };
}

export const sumOfTerms = (terms: BridgeTerms): Decimal =>
  BRIDGE_TERMS.reduce((sum, term) => sum.plus(terms[term]), ZERO);

/** The terms that are not 0, as text. */
export function termsIn({ bridge }: Pick<TotalBridge, 'bridge'>): Readonly<Record<string, string>> {
  if (!bridge) throw new Error('the way is not known');
  const terms = BRIDGE_TERMS.filter((term) => !bridge.terms[term].isZero());
  return Object.fromEntries(terms.map((term) => [term, bridge.terms[term].toString()]));
}
