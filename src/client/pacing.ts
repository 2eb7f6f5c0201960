import { ExpectedError } from '../errors.js';
import type { Endpoint } from './endpoint.js';
import { type Budget, endpointsOf, type ExchangeTraits } from './exchange-traits.js';

const MINUTE_MS = 60_000;
/** The exchange's minute is over a little after ours. */
const SLACK_MS = 500;
/** What is left to other programs of the same address. */
const SHARE = 0.9;
/** Left before the run's deadline for what follows the wait. */
const MARGIN_MS = 3_000;
const TOO_MANY_REQUESTS = 429;

export interface Pacer {
  /** Waits for the next minute where this request would not fit into this one; throws where the run ends before. */
  readonly enter: (endpoint: Endpoint) => Promise<void>;
  /** What the exchange says has been used. */
  readonly observe: (path: string, status: number, headers: Headers) => void;
}

export interface PacerContext {
  /** ms by the clock of the exchange, whose minutes count. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** ms until the run must end. */
  readonly timeLeft: () => number;
  readonly log: (message: string) => void;
}

interface Purse {
  readonly name: string;
  readonly budget: Budget;
  minute: number;
  used: number;
}

/** Keeps the requests of a minute within what the exchange allows, by its own count of them. */
export function createPacer(traits: ExchangeTraits, context: PacerContext): Pacer {
  const purses = pursesByPath(traits);
  const minuteNow = () => Math.floor(context.now() / MINUTE_MS);
  const used = (purse: Purse): number => (purse.minute === minuteNow() ? purse.used : 0);
  const spend = (purse: Purse, total: number) => {
    purse.used = total;
    purse.minute = minuteNow();
  };
  return {
    enter: async ({ path, cost }) => {
      const purse = purses.get(path);
      if (!purse || !cost) return;
      if (used(purse) > 0 && used(purse) + cost.weight > purse.budget.perMinute * SHARE) {
        const waitMs = MINUTE_MS - (context.now() % MINUTE_MS) + SLACK_MS;
        if (waitMs + MARGIN_MS >= context.timeLeft()) throw tooLate(traits.title, waitMs);
        context.log(`the requests of this minute are used up (${purse.name}); going on in ${waitMs} ms`);
        await context.sleep(waitMs);
      }
      spend(purse, used(purse) + cost.weight);
    },
    observe: (path, status, headers) => {
      const purse = purses.get(path);
      if (!purse) return;
      const told = headers.get(purse.budget.header) ?? '';
      const count = /^\d{1,9}$/.test(told) ? Number.parseInt(told, 10) : 0;
      spend(purse, status === TOO_MANY_REQUESTS ? Infinity : Math.max(used(purse), count));
    },
  };
}

/** Paths that draw on one budget share its purse. */
function pursesByPath(traits: ExchangeTraits): ReadonlyMap<string, Purse> {
  const purses = new Map<string, Purse>();
  const byPath = new Map<string, Purse>();
  for (const { path, cost } of endpointsOf(traits)) {
    const budget = cost && traits.budgets[cost.budget];
    if (!budget) continue;
    const name = budget.byPath ? path : cost.budget;
    const purse = purses.get(name) ?? { name, budget, minute: 0, used: 0 };
    purses.set(name, purse);
    byPath.set(path, purse);
  }
  return byPath;
}

const tooLate = (title: string, waitMs: number): ExpectedError =>
  new ExpectedError(
    'exchange-unavailable',
    `${title} allows no more requests for ${Math.ceil(waitMs / 1000)} s, and the run ends before that`,
    { fix: 'What was read is kept; the next run goes on from there. A longer --timeout lets a run wait.' },
  );
