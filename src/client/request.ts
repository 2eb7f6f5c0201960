import { ExpectedError } from '../errors.js';
import type { Account } from '../models/account.js';
import { RequestFailure } from './answer.js';
import type { ClientContext } from './exchange-client.js';
import { allowedPaths, type Endpoint, type ExchangeTraits } from './exchange-traits.js';
import { explainFailure, judge } from './failures.js';
import { type CcxtExchange, loadExchange } from './load-ccxt.js';
import { withRetries } from './retry.js';
import { createTransport, parseExactJson } from './transport.js';

/** Asks an endpoint and gives its answer; throws ExpectedError, and RequestFailure for an answer of odd shape. */
export type Ask = (endpoint: Endpoint, params: Record<string, string>) => Promise<unknown>;

export interface Requester {
  /** With retries; `use` turns the answer into what is wanted, and one of an odd shape is asked for again. */
  readonly read: <T>(
    endpoint: Endpoint,
    params: Record<string, string>,
    use: (answer: unknown) => T,
  ) => Promise<T>;
  /** Exchange's clock minus ours in ms, asked now. */
  readonly clockOffset: () => Promise<number>;
  /** ms since 1970 by the exchange's clock, as far as it is known. */
  readonly now: () => number;
  readonly count: () => number;
}

const OFFSET_KIND = 'clock-offset';
const OFFSET_TIME_TO_LIVE_MS = 6 * 3_600_000;

export async function createRequester(
  account: Account,
  traits: ExchangeTraits,
  context: ClientContext,
): Promise<Requester> {
  let requests = 0;
  const exchange = await openExchange(account, traits, context, () => {
    requests += 1;
  });
  let offset = (context.cache.get(OFFSET_KIND) as number | undefined) ?? 0;
  setOffset(exchange, offset);

  const once = async (endpoint: Endpoint, params: Record<string, string>) => {
    const method = exchange[endpoint.method] as (params: Record<string, string>) => Promise<unknown>;
    return await method.call(exchange, params);
  };
  const clockOffset = async (): Promise<number> => {
    const sentAt = Date.now();
    const time = traits.time.timeOf(await once(traits.time.endpoint, {}));
    return time - Math.round((sentAt + Date.now()) / 2);
  };
  const resyncClock = async () => {
    offset = await clockOffset();
    setOffset(exchange, offset);
    context.cache.set(OFFSET_KIND, offset, OFFSET_TIME_TO_LIVE_MS);
    context.log('warn', `the clock of ${traits.title} differs by ${offset} ms from this machine's`);
  };
  const options = {
    judge: (failure: RequestFailure) => judge(failure, traits),
    resyncClock,
    signal: context.signal,
    deadline: context.deadline,
    log: (message: string) => {
      context.log('warn', message);
    },
  };
  return {
    read: async (endpoint, params, use) => {
      try {
        return await withRetries(options, async () => use(await once(endpoint, params)));
      } catch (error) {
        context.signal.throwIfAborted();
        throw error instanceof RequestFailure ? explainFailure(error, traits, account, offset) : error;
      }
    },
    clockOffset: async () => {
      try {
        return await withRetries(options, clockOffset);
      } catch (error) {
        throw error instanceof RequestFailure ? explainFailure(error, traits, account, offset) : error;
      }
    },
    now: () => Date.now() + offset,
    count: () => requests,
  };
}

/** ccxt takes the difference the other way round: ours minus the exchange's. */
function setOffset(exchange: CcxtExchange, offset: number): void {
  exchange.options['timeDifference'] = -offset;
}

async function openExchange(
  account: Account,
  traits: ExchangeTraits,
  { signal }: ClientContext,
  onRequest: () => void,
): Promise<CcxtExchange> {
  const Exchange = await loadExchange(account.exchange);
  const { apiKey, secret, password } = account.credentials;
  const exchange = new Exchange({
    ...traits.ccxt,
    apiKey,
    secret,
    password,
    number: String,
    timeout: 120_000,
  });
  enterEnvironment(exchange, account, traits);
  exchange.fetchImplementation = createTransport({
    allowedPaths: allowedPaths(traits),
    baseUrl: account.baseUrl,
    errorIn: traits.errorIn,
    signal,
    onRequest,
  });
  exchange.parseJson = parseExactJson;
  return exchange;
}

/** `setSandboxMode` does not throw where there is no testnet: it leaves no addresses at all. */
function enterEnvironment(exchange: CcxtExchange, account: Account, { title }: ExchangeTraits): void {
  if (account.environment === 'live') return;
  if (account.environment === 'demo') {
    exchange.enableDemoTrading(true);
    return;
  }
  if (exchange.urls['test'] === undefined) {
    throw new ExpectedError('config', `${title} has no testnet`, {
      fix: `Remove the TESTNET setting of ${account.id}.`,
    });
  }
  exchange.setSandboxMode(true);
}
