import { setTimeout as wait } from 'node:timers/promises';
import { RequestFailure } from './answer.js';

export type Verdict = 'retryable' | 'clock' | 'permanent';

export interface RetryOptions {
  readonly judge: (failure: RequestFailure) => Verdict;
  /** Asks the exchange's time; called once at the most. */
  readonly resyncClock: () => Promise<void>;
  readonly signal: AbortSignal;
  readonly deadline: number;
  readonly log: (message: string) => void;
  /** Before each try but the first. */
  readonly onRetry?: () => void;
  readonly random?: () => number;
  readonly sleep?: (ms: number) => Promise<void>;
}

const TRIES = 5;
const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 20_000;
/** Left before the run's deadline for what follows the last try. */
const MARGIN_MS = 3_000;

/**
 * Tries again what passes by itself, with full jitter, never beyond the run's deadline: a try that would
 * last as long as the one before it must end in time, or one endless body would cost the whole run.
 */
export async function withRetries<T>(options: RetryOptions, request: () => Promise<T>): Promise<T> {
  const sleep = options.sleep ?? ((ms: number) => wait(ms, undefined, { signal: options.signal }));
  let resynced = false;
  for (let attempt = 1; ; attempt += 1) {
    const startedAt = Date.now();
    try {
      return await request();
    } catch (error) {
      options.signal.throwIfAborted();
      if (!(error instanceof RequestFailure)) throw error;
      const verdict = options.judge(error);
      if (verdict === 'clock' && !resynced) {
        resynced = true;
        await options.resyncClock();
        options.onRetry?.();
        continue;
      }
      const waitMs = error.waitMs ?? jitter(attempt, options.random);
      const again = Date.now() + waitMs + (Date.now() - startedAt);
      if (verdict !== 'retryable' || attempt >= TRIES || again + MARGIN_MS >= options.deadline) throw error;
      options.log(`${error.message}; trying again in ${Math.round(waitMs)} ms`);
      await sleep(waitMs).catch((reason: unknown) => {
        options.signal.throwIfAborted();
        throw reason;
      });
      options.onRetry?.();
    }
  }
}

const jitter = (attempt: number, random = Math.random): number =>
  random() * Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
