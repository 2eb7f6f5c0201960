import { setTimeout as wait } from 'node:timers/promises';
import type { Account } from '../models/account.js';
import { RequestFailure } from './answer.js';
import { createBans } from './bans.js';
import { createClock } from './clock.js';
import type { Endpoint } from './endpoint.js';
import type { ClientContext } from './exchange-client.js';
import type { ExchangeTraits } from './exchange-traits.js';
import { explainFailure, judge } from './failures.js';
import { openExchange } from './open-exchange.js';
import { createPacer } from './pacing.js';
import { withRetries } from './retry.js';

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
  traits: ExchangeTraits,
  context: ClientContext,
): Promise<Requester> {
  const { cache, hostCache, signal, deadline } = context;
  let requests = 0;
  let retries = 0;
  const exchange = await openExchange(account, traits, {
    signal,
    onRequest: () => (requests += 1),
    onAnswer: (...answer) => {
      pacer.observe(...answer);
    },
  });
  const clock = createClock(traits.title, exchange, cache);
  const bans = createBans(traits.title, hostCache, clock.now);
  const log = (message: string) => {
    context.log('warn', message);
  };
  const pacer = createPacer(traits, {
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
    const time = traits.time.timeOf(await once(traits.time.endpoint, {}));
    return time - Math.round((sentAt + Date.now()) / 2);
  };
  const resyncClock = async () => {
    clock.set(await clockOffset());
    log(`the clock of ${traits.title} differs by ${clock.offset()} ms from this machine's`);
  };
  const options = {
    judge: (failure: RequestFailure) => judge(failure, traits),
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
      throw explainFailure(error, traits, account, { offset: clock.offset(), endpoint, networkAdvice });
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
