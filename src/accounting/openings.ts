import { type Entry, legOf } from '../models/account-event.js';
import { type Decimal, ZERO } from '../models/decimal.js';
import { unexplainedOf } from './reconcile.js';

/** The balances of an account when its history was first read completely, and what that history explains. */
export interface OpeningFacts {
  /** ms */
  readonly balanceAt: number;
  readonly balances: ReadonlyMap<string, Decimal>;
  /** Quantities by the events up to `balanceAt`. */
  readonly explained: ReadonlyMap<string, Decimal>;
  /** Time of the first event, ms; undefined without any. */
  readonly first: number | undefined;
  readonly priceOf: (asset: string) => Decimal | undefined;
}

const REASON = 'held before the readable history begins';

/**
 * What the history does not explain of the first balances was held before it: an opening entry of unknown
 * cost, a millisecond before the first event. Less than it explains is no opening but a difference: coins left
 * without a record.
 */
export function openingEntries(facts: OpeningFacts): readonly Entry[] {
  const { balances, explained, priceOf, balanceAt } = facts;
  const time = timeOf(facts);
  return [...new Set([...balances.keys(), ...explained.keys()])].sort().flatMap((asset) => {
    const balance = balances.get(asset) ?? ZERO;
    const amount = unexplainedOf(balance, explained.get(asset) ?? ZERO, priceOf(asset));
    if (!amount.isPositive() || amount.isZero()) return [];
    const id = `opening:${asset}`;
    return [entry({ id, type: 'opening', time, reason: REASON, raw: { balance, balanceAt } }, asset, amount)];
  });
}

/**
 * Openings that records of a time before `balanceAt`, which arrived later, have changed: the records explain a
 * part (a purchase) or ask for more (a sale), so that opening and records still give the balance of that time.
 * An opening of which nothing is left has the amount 0.
 */
export function changedOpenings(openings: readonly Entry[], facts: OpeningFacts): readonly Entry[] {
  const { explained, priceOf } = facts;
  return openings.flatMap((before) => {
    const { asset, amount: known } = legOf(before, 'moved');
    const change = unexplainedOf(before.raw.balance, explained.get(asset) ?? ZERO, priceOf(asset));
    const sum = known.plus(change);
    const amount = sum.isPositive() ? sum : ZERO;
    const time = Math.min(before.time, timeOf(facts));
    return amount.eq(known) && time === before.time ? [] : [entry({ ...before, time }, asset, amount)];
  });
}

/** An entry of one leg. No exchange reports it, so its source is our own. */
export const entry = (
  head: Pick<Entry, 'id' | 'type' | 'time' | 'reason' | 'raw'>,
  asset: string,
  amount: Decimal,
): Entry => ({
  ...head,
  source: 'entries',
  status: 'done',
  legs: [{ asset, amount, role: 'moved', wallet: undefined }],
});

const timeOf = ({ first, balanceAt }: OpeningFacts): number =>
  first === undefined ? balanceAt : Math.min(first - 1, balanceAt);
