import type { World } from '../world.js';
import { ACCOUNT_ROUTES } from './account-routes.js';
import { authenticate } from './authenticate.js';
import { CONVERSION_ROUTES } from './conversion-routes.js';
import { MARKET_ROUTES } from './market-routes.js';
import { refuseUnread } from './parameters.js';
import { REWARD_ROUTES } from './reward-routes.js';
import { TRADE_ROUTES } from './trade-routes.js';
import { TRANSFER_ROUTES } from './transfer-routes.js';
import { type WeightOptions, Weights } from './weights.js';
import { BinanceError, type Params, type SignedRoute, toJson, type WireRequest } from './wire.js';

export interface BinanceOptions extends WeightOptions {
  /** The testnet has no /sapi. */
  readonly testnet?: boolean;
  /** Paths that a regional host lacks. */
  readonly missing?: ReadonlySet<string>;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const SIGNED: Readonly<Record<string, SignedRoute>> = {
  ...ACCOUNT_ROUTES,
  ...TRADE_ROUTES,
  ...TRANSFER_ROUTES,
  ...CONVERSION_ROUTES,
  ...REWARD_ROUTES,
};

const OF_EVERY_SIGNED = ['timestamp', 'recvWindow', 'signature'];

/** Binance's spot and wallet REST interface on one address, with its budgets. */
export function createBinance(world: World, options: BinanceOptions = {}) {
  const weights = new Weights(world, options);
  return (request: WireRequest): WireAnswer => {
    if (options.testnet && request.path.startsWith('/sapi/')) return nothingThere();
    if (options.missing?.has(request.path)) return nothingThere();
    const open = MARKET_ROUTES[request.path];
    const signed = SIGNED[request.path];
    const route = open ?? signed;
    if (!route) return nothingThere();
    if (request.method !== (route.method ?? 'GET'))
      return json(405, { error: 'this account is only ever read' }, {});
    const params = paramsOf(request);
    let headers: Readonly<Record<string, string>> = {};
    try {
      const weight = typeof route.weight === 'number' ? route.weight : route.weight(params);
      const pool = request.path.startsWith('/api/') ? 'api' : (signed?.pool ?? 'ip');
      headers = weights.charge(pool, request.path, String(request.headers['x-mbx-apikey']), weight);
      const known = [...(route.reads ?? []), ...(signed ? OF_EVERY_SIGNED : [])];
      if (pool === 'api') refuseUnread(params, known);
      const body = open
        ? open.answer(world, params, weights.limit)
        : signed?.answer(world, authenticate(world, request, params), params);
      return json(200, body, headers);
    } catch (error) {
      if (!(error instanceof BinanceError)) throw error;
      const { code, message, status } = error;
      return json(status, { code, msg: message }, { ...headers, ...error.headers });
    }
  };
}

const nothingThere = (): WireAnswer => ({
  status: 404,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  body: '',
});

const json = (status: number, body: unknown, headers: Readonly<Record<string, string>>): WireAnswer => ({
  status,
  headers: { 'Content-Type': 'application/json;charset=UTF-8', ...headers },
  body: toJson(body),
});

/** What the query says wins over the body. */
const paramsOf = ({ query, body }: WireRequest): Params =>
  new Map([...new URLSearchParams(body), ...new URLSearchParams(query)]);
