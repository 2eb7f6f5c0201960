import { setTimeout as wait } from 'node:timers/promises';
import { ExpectedError } from '../errors.js';
import type { Endpoint } from './endpoint.js';
import { endpointsOf, type ExchangeSpec } from './exchange-spec.js';
import type { Bucket, Buckets } from './rate-limits.js';

/** The exchange's window ends a little after ours. */
const SLACK_MS = 500;
/** The rest is left to other programs of the same address. */
const SHARE = 0.9;
/** Left before the run's deadline for what follows the wait. */
const MARGIN_MS = 3_000;
const TOO_MANY_REQUESTS = 429;

export interface Pacer {
  /** Waits for the next window if the request would not fit into this one; throws if the run ends before. */
  readonly enter: (endpoint: Endpoint) => Promise<void>;
  /** Takes over the exchange's own count. */
  readonly observe: (path: string, status: number, headers: Headers) => void;
}

export interface PacerContext {
  /** ms by the clock of the exchange, whose windows count. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** ms until the run must end. */
  readonly timeLeft: () => number;
  readonly log: (message: string) => void;
}

/**
 * Keeps the requests of a window within what the exchange allows, by its own count of them. `shared` holds the
 * buckets of the address, which all accounts of a host draw on; those of a key are its own.
 */
export function createPacer(spec: ExchangeSpec, shared: Buckets, context: PacerContext): Pacer {
  const buckets = bucketsByPath(spec, shared);
  const windowOf = ({ budget }: Bucket) => Math.floor(context.now() / budget.windowMs);
  const used = (bucket: Bucket): number => (bucket.window === windowOf(bucket) ? bucket.used : 0);
  const spend = (bucket: Bucket, total: number) => {
    bucket.used = total;
    bucket.window = windowOf(bucket);
  };
  return {
    enter: async ({ path, cost }) => {
      const bucket = buckets.get(path);
      if (!bucket || !cost) return;
      const { limit, windowMs } = bucket.budget;
      while (used(bucket) > 0 && used(bucket) + cost.weight > limit * SHARE) {
        const waitMs = windowMs - (context.now() % windowMs) + SLACK_MS;
        if (waitMs + MARGIN_MS >= context.timeLeft()) throw tooLate(spec.title, waitMs);
        context.log(`the rate limit ${bucket.name} is used up; continuing in ${waitMs} ms`);
        await context.sleep(waitMs);
      }
      spend(bucket, used(bucket) + cost.weight);
    },
    observe: (path, status, headers) => {
      const bucket = buckets.get(path);
      if (!bucket) return;
      const reported = headers.get(bucket.budget.header) ?? '';
      const count = /^\d{1,9}$/.test(reported) ? Number.parseInt(reported, 10) : 0;
      spend(bucket, status === TOO_MANY_REQUESTS ? Infinity : Math.max(used(bucket), count));
    },
  };
}

/** Paths that draw on one budget share its bucket. */
function bucketsByPath(spec: ExchangeSpec, shared: Buckets): ReadonlyMap<string, Bucket> {
  const own: Buckets = new Map();
  const byPath = new Map<string, Bucket>();
  for (const { path, cost } of endpointsOf(spec)) {
    const budget = cost && spec.budgets[cost.budget];
    if (!budget) continue;
    const name = budget.byPath ? path : cost.budget;
    const buckets = budget.of === 'address' ? shared : own;
    const bucket = buckets.get(name) ?? { name, budget, window: 0, used: 0 };
    buckets.set(name, bucket);
    byPath.set(path, bucket);
  }
  return byPath;
}

const tooLate = (title: string, waitMs: number): ExpectedError =>
  new ExpectedError(
    'exchange-unavailable',
    `${title} allows no more requests for ${Math.ceil(waitMs / 1000)} s, and the run ends before that`,
    { fix: 'What was read is kept; the next run goes on from there. A longer --timeout lets a run wait.' },
  );

/**
 * Keeps requests apart, each for its cost, by the monotonic clock. ccxt's own throttle uses the machine's
 * clock: if that is set back by an hour, it lets nothing through for an hour.
 */
export function createThrottle(msPerCost: number) {
  let freeAt = 0;
  return async (cost = 1): Promise<void> => {
    const now = performance.now();
    const waitMs = freeAt - now;
    freeAt = Math.max(freeAt, now) + cost * msPerCost;
    if (waitMs > 0) await wait(waitMs);
  };
}
