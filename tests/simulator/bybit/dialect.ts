import type { IncomingHttpHeaders } from 'node:http';
import type { SimulatedAccount } from '../account.js';
import type { World } from '../world.js';
import { authenticate } from './authenticate.js';
import { ACCOUNT_ROUTES } from './account-routes.js';
import { HISTORY_ROUTES } from './history-routes.js';
import { MARKET_ROUTES } from './market-routes.js';
import { PRODUCT_ROUTES } from './product-routes.js';

export interface WireRequest {
  readonly method: string;
  readonly path: string;
  /** As it was sent, undecoded. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
}

/** The exchange's own refusal; HTTP 200 all the same. */
export class BybitError extends Error {
  readonly code: number;
  /** Of `result` and `retExtInfo`. */
  readonly filling: Readonly<Record<string, never>> | null;

  constructor(code: number, message: string, filling: BybitError['filling'] = {}) {
    super(message);
    this.code = code;
    this.filling = filling;
  }
}

export type Params = ReadonlyMap<string, string>;
export type PublicRoute = (world: World, params: Params) => Envelope;
export type PrivateRoute = (world: World, account: SimulatedAccount, params: Params) => Envelope;

/** `retMsg` differs from family to family; `/v5/account/info` has no time. */
export interface Envelope {
  readonly retMsg: string;
  readonly result: unknown;
  readonly bare?: boolean;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What the host does not have. */
export interface BybitOptions {
  /** Demo accounts have no transfers, funding wallet, conversions and key information. */
  readonly demo?: boolean;
  /** Paths that a regional host lacks. */
  readonly missing?: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();
const NOT_DEMO = /^\/v5\/(asset|user)\//;

const refusedToDemo = (world: World): Omit<WireAnswer, 'headers'> => ({
  status: 200,
  body: {
    retCode: 10032,
    retMsg: 'Demo trading are not supported.',
    result: {},
    retExtInfo: {},
    time: world.now(),
  },
});

/** Asked with a key. */
const CLOSED_ROUTES: Readonly<Record<string, PrivateRoute>> = {
  ...ACCOUNT_ROUTES,
  ...HISTORY_ROUTES,
  ...PRODUCT_ROUTES,
};

/** One request of Bybit's v5 REST interface. */
export function answerBybit(
  world: World,
  request: WireRequest,
  { demo = false, missing = NOTHING }: BybitOptions = {},
): WireAnswer {
  if (missing.has(request.path)) return { status: 404, headers: {}, body: { error: 'no such path' } };
  if (demo && NOT_DEMO.test(request.path)) return { headers: {}, ...refusedToDemo(world) };
  const closed = request.path in CLOSED_ROUTES;
  return { headers: closed ? limitHeaders(world) : {}, ...answer(world, request) };
}

/** With every answer to a key; the reset is now as long as the limit is not exceeded. */
const limitHeaders = (world: World) => ({
  'X-Bapi-Limit': '50',
  'X-Bapi-Limit-Status': '49',
  'X-Bapi-Limit-Reset-Timestamp': String(world.now()),
});

function answer(world: World, request: WireRequest): Omit<WireAnswer, 'headers'> {
  if (request.method !== 'GET') return { status: 405, body: { error: 'this account is only ever read' } };
  const params = paramsOf(request.query);
  try {
    const envelope = route(world, request, params);
    if (!envelope) return { status: 404, body: { error: 'no such path' } };
    const { retMsg, result, bare } = envelope;
    const body = { retCode: 0, retMsg, result };
    return { status: 200, body: bare ? body : { ...body, retExtInfo: {}, time: world.now() } };
  } catch (error) {
    if (!(error instanceof BybitError)) throw error;
    const body = {
      retCode: error.code,
      retMsg: error.message,
      result: error.filling,
      retExtInfo: error.filling,
      time: world.now(),
    };
    return { status: 200, body };
  }
}

function route(world: World, request: WireRequest, params: Params): Envelope | undefined {
  const open = MARKET_ROUTES[request.path];
  if (open) return open(world, params);
  const closed = CLOSED_ROUTES[request.path];
  return closed?.(world, authenticate(world, request), params);
}

/** A whole number of the query; what is none must not pass for an empty history. */
export function whole(params: Params, name: string): number | undefined {
  const text = params.get(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new BybitError(10001, `params error: ${name}`);
  return Number(text);
}

/** Values are decoded once, as a server does; a cursor may have been encoded twice. */
const paramsOf = (query: string): Params => new Map(new URLSearchParams(query));
