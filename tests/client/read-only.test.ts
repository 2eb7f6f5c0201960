import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { allowedReads, type ExchangeSpec } from '../../src/client/exchange-spec.js';
import { EXCHANGES } from '../../src/client/exchanges.js';
import type { CcxtExchange } from '../../src/client/load-ccxt.js';
import { openExchange } from '../../src/client/open-exchange.js';
import type { Environment } from '../../src/models/account.js';
import { SUPPORTED_EXCHANGES } from '../../src/models/exchanges.js';

const VERBS = new Set(['get', 'post', 'put', 'delete', 'patch', 'head', 'options']);
const WRITING =
  /create|amend|cancel|order\b|apply|transfer\/(inter|universal)|withdraw\/create|dust-|subscribe|redeem|acceptQuote|listenKey|sub-account/i;

/** What a server in the exchange's place hears: nothing else can have left this machine. */
let heard: Set<string>;
let connections: number;
let server: Server;

beforeEach(async () => {
  heard = new Set();
  connections = 0;
  server = createServer(({ method = '', url = '' }, response) => {
    heard.add(`${method} ${new URL(url, 'http://exchange').pathname}`);
    response.end('{}');
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function specOf(exchange: string): ExchangeSpec {
  const spec = EXCHANGES[exchange];
  if (!spec) throw new Error(`no spec of ${exchange}`);
  return spec;
}

interface Wanted {
  readonly environment?: Environment;
  readonly signal?: AbortSignal;
  readonly onRequest?: (path: string) => void;
  readonly baseUrl?: string;
}

const open = (exchange: string, { environment = 'live', signal, onRequest, baseUrl }: Wanted) =>
  openExchange(
    {
      id: exchange,
      exchange,
      credentials: { apiKey: 'key', secret: 'secret' },
      environment,
      ...(baseUrl === undefined ? {} : { baseUrl }),
    },
    // Unpaced: of a thousand calls, all but a few never leave.
    { ...specOf(exchange), ccxt: { ...specOf(exchange).ccxt, enableRateLimit: false } },
    {
      signal: signal ?? new AbortController().signal,
      onRequest: onRequest ?? (() => undefined),
      onAnswer: () => undefined,
    },
  );

/** ccxt's implicit API: a method for each path that it knows. */
function implicitMethods(exchange: CcxtExchange): string[] {
  const names: string[] = [];
  for (const name in exchange) {
    const isImplicit = /^[a-z][A-Za-z0-9]*(Get|Post|Put|Delete|Patch|Head|Options)[A-Z0-9]/.test(name);
    if (isImplicit && typeof exchange[name] === 'function') names.push(name);
  }
  return names;
}

/** The paths in the table that ccxt generates them from. */
function countPaths(table: unknown): number {
  if (typeof table !== 'object' || table === null) return 0;
  return Object.entries(table).reduce((sum, [name, inner]: [string, unknown]) => {
    const isVerb = VERBS.has(name) && typeof inner === 'object' && inner !== null;
    return sum + (isVerb ? Object.keys(inner).length : countPaths(inner));
  }, 0);
}

const call = (exchange: CcxtExchange, name: string): Promise<unknown> =>
  (exchange[name] as (params: object) => Promise<unknown>).call(exchange, {});

describe.each(SUPPORTED_EXCHANGES)('the client of %s', (id) => {
  test('sends nothing but its list of reads, whichever of all the methods of ccxt is called', async () => {
    const { port } = server.address() as AddressInfo;
    const exchange = await open(id, { baseUrl: `http://127.0.0.1:${port}` });
    const methods = implicitMethods(exchange);
    expect(methods).toHaveLength(countPaths(exchange['api']));
    expect(methods.length).toBeGreaterThan(400);
    const asked = new Set<string>();
    const unrefused: string[] = [];
    for (const name of methods) {
      heard.clear();
      const before = connections;
      const failure: unknown = await call(exchange, name).catch((error: unknown) => error);
      const isRefused = /refused before sending/.test(String(failure));
      if (isRefused) expect([name, heard.size, connections]).toEqual([name, 0, before]);
      else if (heard.size === 0) unrefused.push(`${name}: ${String(failure)}`);
      for (const read of heard) asked.add(read);
    }
    // A call that neither was refused nor arrived would have proved nothing.
    expect(unrefused).toEqual([]);
    expect([...asked].sort()).toEqual([...allowedReads(specOf(id)).keys()].sort());
    expect([...asked].filter((read) => WRITING.test(read))).toEqual([]);
  });

  test.each<Environment>(['live', 'testnet', 'demo'])(
    'asks the one host of %s, and none of its reads is sent to that of another world',
    async (environment) => {
      const passed: string[] = [];
      const exchange = await open(id, {
        environment,
        // Given up before the first byte: what gets as far as that would have been sent.
        signal: AbortSignal.abort(new Error('given up')),
        onRequest: (path) => passed.push(path),
      });
      const { time, tickers, markets } = specOf(id);
      for (const { endpoint } of [time, tickers, markets]) {
        await expect(call(exchange, endpoint.method)).rejects.toThrow('given up');
      }
      expect(passed).toEqual([time, tickers, markets].map(({ endpoint }) => endpoint.path));
      expect(connections).toBe(0);
    },
  );
});

test('the hosts are those of the exchanges, by TLS, and no two worlds share one', () => {
  const origins = Object.values(EXCHANGES).flatMap(({ origins }) => Object.values(origins));
  expect(new Set(origins).size).toBe(origins.length);
  for (const origin of origins)
    expect(origin).toMatch(/^https:\/\/[a-z-]+\.(bybit\.com|binance\.(com|vision))$/);
});
