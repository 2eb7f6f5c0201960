import { ExpectedError } from '../errors.js';
import type { Account } from '../models/account.js';
import { createMask, createRedaction } from '../redaction.js';
import { allowedReads, type ExchangeSpec } from './exchange-spec.js';
import { type CcxtExchange, loadExchange } from './load-ccxt.js';
import { parseOnceForTwo } from './exact-json.js';
import { requireUsableSecret } from './secret-kinds.js';
import { createThrottle } from './pacing.js';
import { createTransport, type TransportOptions } from './transport.js';

export type Watch = Required<Pick<TransportOptions, 'signal' | 'onRequest' | 'onAnswer'>>;

/** ccxt's exchange for an account, on a transport that can only read; throws as requireUsableSecret does. */
export async function openExchange(
  account: Account,
  spec: ExchangeSpec,
  watch: Watch,
): Promise<CcxtExchange> {
  requireUsableSecret(account, spec);
  const Exchange = await loadExchange(account.exchange);
  const { apiKey, secret, password } = account.credentials;
  const exchange = new Exchange({
    ...spec.ccxt,
    apiKey,
    secret,
    password,
    number: String,
    timeout: 120_000,
    // ccxt would keep the last body as long as the client lives.
    enableLastHttpResponse: false,
    enableLastResponseHeaders: false,
  });
  enterEnvironment(exchange, account, spec);
  const secrets = [apiKey, secret, ...(password === undefined ? [] : [password])];
  const mask = createMask(secrets);
  const { parse, forget } = parseOnceForTwo(mask);
  exchange.fetchImplementation = createTransport({
    parse,
    forget,
    mask,
    redact: createRedaction(secrets),
    allowedReads: allowedReads(spec),
    origin: spec.origins[account.environment],
    baseUrl: account.baseUrl,
    errorIn: spec.errors.errorIn,
    banIn: spec.errors.banIn,
    limitHeaders: spec.limitHeaders,
    ...watch,
  });
  exchange.parseJson = (text) => parse(text);
  // The transport has judged it: ccxt would throw an error of a kind that has no handler here.
  exchange.handleErrors = () => undefined;
  exchange.throttle = createThrottle(exchange.rateLimit);
  return exchange;
}

/** `setSandboxMode` does not throw where there is no testnet: it leaves no addresses at all. */
function enterEnvironment(exchange: CcxtExchange, account: Account, { title }: ExchangeSpec): void {
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
