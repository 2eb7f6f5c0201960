import * as v from 'valibot';
import { type Decimal, parseDecimal, toText } from '../models/decimal.js';
import { amountText, inShape, moment } from '../models/stored-json.js';
import type { OpenCache } from './cache.js';
import type { Unexplained } from './differences.js';
import { DAY_MS, HOUR_MS } from '../models/day.js';

const KIND = 'open-questions';
/** Questions end by runs and hours, not by this: a stream is resumed at its cursor, however old that is. */
const TIME_TO_LIVE_MS = 365 * DAY_MS;
/** Two hours of runs every 30 minutes, as for late trades; both limits, as a person may sync four times a minute. */
const MIN_RUNS = 4;
const MIN_TIME_MS = 2 * HOUR_MS;

/** A balance that changed by an amount without a record, how many runs have searched for one, and since when. */
interface OpenQuestion {
  readonly amount: Decimal;
  readonly runs: number;
  /** ms since 1970 */
  readonly since: number;
}

/** Open questions by asset. */
export type OpenQuestions = ReadonlyMap<string, OpenQuestion>;

/** Amount, runs and since when, by asset; earlier versions kept no time. */
const stored = v.record(v.string(), v.tuple([amountText, v.number(), v.optional(moment, 0)]));

/** What earlier runs could not explain: coins may move some time before the exchange lists their record. */
export function openQuestions(cache: Pick<OpenCache, 'get'>): OpenQuestions {
  const kept = inShape(stored, cache.get(KIND)) ?? {};
  return new Map(
    Object.entries(kept).map(([asset, [amount, runs, since]]) => [
      asset,
      { amount: parseDecimal(amount), runs, since },
    ]),
  );
}

/** Adds what this run cannot explain; a late record answers the question that is open for it. */
export function askedAgain(
  questions: OpenQuestions,
  unexplained: ReadonlyMap<string, Decimal>,
  now: number,
): OpenQuestions {
  const assets = new Set([...questions.keys(), ...unexplained.keys()]);
  return new Map(
    [...assets].flatMap((asset): [string, OpenQuestion][] => {
      const [before, change] = [questions.get(asset), unexplained.get(asset)];
      const amount = before && change ? before.amount.plus(change) : (before?.amount ?? change);
      if (!amount || amount.isZero()) return [];
      const looks =
        before && !change ? { runs: before.runs + 1, since: before.since } : { runs: 1, since: now };
      return [[asset, { amount, ...looks }]];
    }),
  );
}

/**
 * Adds every unexplained balance, however old: if a stream that may explain one was never read, as an earlier
 * version did not know it, the changes since the last sync are not all there is to search for.
 */
export function askedFromTheBeginning(
  questions: OpenQuestions,
  unexplained: readonly Unexplained[],
  now: number,
): OpenQuestions {
  return new Map([
    ...questions,
    ...unexplained.map(({ asset, amount }) => [asset, { amount, runs: 0, since: now }] as const),
  ]);
}

/** Stores the open questions for the next run; writes nothing if there are none. */
export function keepQuestions(
  cache: Pick<OpenCache, 'get' | 'set'>,
  questions: OpenQuestions,
  now: number,
): void {
  const open = [...questions].filter(([, { runs, since }]) => runs < MIN_RUNS || now - since < MIN_TIME_MS);
  if (open.length === 0 && openQuestions(cache).size === 0) return;
  const written = Object.fromEntries(
    open.map(([asset, { amount, runs, since }]) => [asset, [toText(amount), runs, since]]),
  );
  cache.set(KIND, written, TIME_TO_LIVE_MS);
}
