import { type Entry, legOf } from '../models/account-event.js';
import { type Decimal, ZERO } from '../models/decimal.js';
import { unexplainedOf } from './reconcile.js';

/** The balances of an account when its history was first read completely, and what the history explains of them. */
export interface OpeningFacts {
  /** When the balances were read, ms. */
  readonly balanceAt: number;
  readonly balances: ReadonlyMap<string, Decimal>;
  /** Quantities that the events up to `balanceAt` explain. */
  readonly explained: ReadonlyMap<string, Decimal>;
  /** Time of the first event, ms; undefined without any. */
  readonly first: number | undefined;
  readonly priceOf: (asset: string) => Decimal | undefined;
}

const REASON = 'held before the readable history begins';

/**
 * The part of the first balances that the history does not explain was held before it: an opening of unknown
 * cost, a millisecond before the first event. A balance below what the history explains is no opening but a
 * difference: coins left without a record.
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
 * The openings that late records of a time before `balanceAt` change: the records explain a part (a purchase) or
 * require more (a sale), so that opening and records still add up to the balance of that time. An opening of
 * which nothing is left has the amount 0.
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

/** An entry of one leg. Its source is our own, as no exchange reports it. */
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
