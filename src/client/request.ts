import { setTimeout as wait } from 'node:timers/promises';
import type { Account } from '../models/account.js';
import { RequestFailure } from './answer.js';
import { createBans } from './bans.js';
import { createClock } from './clock.js';
import type { Endpoint } from './endpoint.js';
import type { ClientContext } from './exchange-client.js';
import type { ExchangeSpec } from './exchange-spec.js';
import { classify, explainFailure, type FailureClass } from './failures.js';
import { ccxtNamesOf } from './load-ccxt.js';
import { openExchange } from './open-exchange.js';
import { createPacer } from './pacing.js';
import type { Buckets } from './rate-limits.js';
import { type Verdict, withRetries } from './retry.js';

export interface Requester {
  /** With retries; `use` turns the answer into what is wanted, and one of an odd shape is asked for again. */
  readonly read: <T>(
    endpoint: Endpoint,
    params: Record<string, string>,
    use: (answer: unknown) => T,
  ) => Promise<T>;
  /** One request without a retry: whether the host answers at all. */
  readonly answers: () => Promise<boolean>;
  /** Exchange's clock minus ours in ms, asked now. */
  readonly clockOffset: () => Promise<number>;
  /** The same as far as it is known; an exchange that refuses our time makes it known. */
  readonly knownOffset: () => number;
  /** ms since 1970 by the exchange's clock, as far as it is known. */
  readonly now: () => number;
  readonly count: () => number;
  /** Those of `count` that were asked again. */
  readonly retries: () => number;
}

export async function createRequester(
  account: Account,
  spec: ExchangeSpec,
  context: ClientContext,
): Promise<Requester> {
  const { hostCache, signal, deadline } = context;
  let requests = 0;
  let retries = 0;
  const exchange = await openExchange(account, spec, {
    signal,
    onRequest: () => (requests += 1),
    onAnswer: (...answer) => {
      pacer.observe(...answer);
    },
  });
  const clock = createClock(spec.title, hostCache);
  const bans = createBans(spec.title, hostCache, clock.now);
  const log = (message: string) => {
    context.log('warn', message);
  };
  const pacer = createPacer(spec, context.buckets ?? (new Map() as Buckets), {
    now: clock.now,
    sleep: (ms) => wait(ms, undefined, { signal }),
    timeLeft: () => deadline - Date.now(),
    log: (message) => {
      context.log('info', message);
    },
  });

  const once = async (endpoint: Endpoint, params: Record<string, string>) => {
    bans.refuse();
    await pacer.enter(endpoint);
    // ccxt signs by this difference, ours minus the exchange's; another account may have found it meanwhile.
    exchange.options['timeDifference'] = -clock.offset();
    const method = exchange[endpoint.method] as (params: Record<string, string>) => Promise<unknown>;
    try {
      return await method.call(exchange, params);
    } catch (error) {
      if (error instanceof RequestFailure) bans.note(error);
      throw error;
    }
  };
  const clockOffset = async (): Promise<number> => {
    const sentAt = Date.now();
    const time = spec.time.timeOf(await once(spec.time.endpoint, {}));
    return time - Math.round((sentAt + Date.now()) / 2);
  };
  const resyncClock = async () => {
    clock.set(await clockOffset());
    log(`the clock of ${spec.title} differs by ${clock.offset()} ms from this machine's`);
  };
  const classOf = (failure: RequestFailure) =>
    classify(failure, spec.errors, (code) => ccxtNamesOf(exchange, code));
  const options = {
    judge: (failure: RequestFailure) => verdictOn(classOf(failure)),
    resyncClock,
    signal,
    deadline,
    log,
    onRetry: () => (retries += 1),
  };
  const persistently = async <T>(request: () => Promise<T>, endpoint?: Endpoint): Promise<T> => {
    try {
      return await withRetries(options, request);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof RequestFailure)) throw error;
      const { networkAdvice } = context;
      const known = { offset: clock.offset(), endpoint, networkAdvice };
      throw explainFailure(error, classOf(error), spec, account, known);
    }
  };
  return {
    read: (endpoint, params, use) => persistently(async () => use(await once(endpoint, params)), endpoint),
    answers: async () => {
      try {
        await clockOffset();
        return true;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof RequestFailure) return false;
        throw error;
      }
    },
    clockOffset: () => persistently(clockOffset),
    knownOffset: clock.offset,
    now: clock.now,
    count: () => requests,
    retries: () => retries,
  };
}

function verdictOn({ kind }: FailureClass): Verdict {
  if (kind === 'clock') return 'clock';
  return kind === 'retryable' || kind === 'unusable' ? 'retryable' : 'permanent';
}
