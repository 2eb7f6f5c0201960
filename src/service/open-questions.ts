import { type Decimal, parseDecimal, toText } from '../models/decimal.js';
import type { OpenCache } from './cache.js';

const KIND = 'open-questions';
/** Runs end a question, not days: a stream is read again from where it was left, however long ago that was. */
const TIME_TO_LIVE_MS = 365 * 86_400_000;
/** Runs that look for the same reason: two hours of a run every 30 minutes, as for late trades. */
const MOST_RUNS = 4;

/** A balance that changed by an amount without a known reason, and how many runs have looked for that. */
interface OpenQuestion {
  readonly amount: Decimal;
  readonly runs: number;
}

/** Open questions by asset. */
export type OpenQuestions = ReadonlyMap<string, OpenQuestion>;

type Stored = Readonly<Record<string, readonly [amount: string, runs: number]>>;

/** What earlier runs could not explain: coins may move some time before their record is told. */
export function openQuestions(cache: Pick<OpenCache, 'get'>): OpenQuestions {
  const stored = (cache.get(KIND) ?? {}) as Stored;
  return new Map(
    Object.entries(stored).map(([asset, [amount, runs]]) => [asset, { amount: parseDecimal(amount), runs }]),
  );
}

/** With what this run cannot explain; a record that came late is the answer to the question before it. */
export function askedAgain(
  questions: OpenQuestions,
  unexplained: ReadonlyMap<string, Decimal>,
): OpenQuestions {
  const assets = new Set([...questions.keys(), ...unexplained.keys()]);
  return new Map(
    [...assets].flatMap((asset): [string, OpenQuestion][] => {
      const [before, now] = [questions.get(asset), unexplained.get(asset)];
      const amount = before && now ? before.amount.plus(now) : (before?.amount ?? now);
      if (!amount || amount.isZero()) return [];
      return [[asset, { amount, runs: now ? 1 : (before?.runs ?? 0) + 1 }]];
    }),
  );
}

/** Keeps for the next run what is worth another look; where there is nothing to ask, nothing is written. */
export function keepQuestions(cache: Pick<OpenCache, 'get' | 'set'>, questions: OpenQuestions): void {
  const open = [...questions].filter(([, { runs }]) => runs < MOST_RUNS);
  if (open.length === 0 && openQuestions(cache).size === 0) return;
  const stored = Object.fromEntries(open.map(([asset, { amount, runs }]) => [asset, [toText(amount), runs]]));
  cache.set(KIND, stored, TIME_TO_LIVE_MS);
}
