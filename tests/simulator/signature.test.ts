import { describe, expect, test } from '@jest/globals';
import { loadExchange } from '../../src/client/load-ccxt.js';
import { askBybit, type Signing } from '../support/ask-bybit.js';
import { startSimulator } from './simulator.js';
import { StillWorld } from './still-world.js';

interface Vector {
  readonly timestamp: number;
  readonly apiKey: string;
  readonly secret: string;
  readonly window: string;
  readonly path: string;
  /** As it goes over the wire: neither sorted nor encoded again. */
  readonly query: string;
  readonly sign: string;
}

/**
 * The signatures are OpenSSL's:
 * `printf %s TIMESTAMP+KEY+WINDOW+QUERY | openssl dgst -sha256 -hmac SECRET`
 */
const VECTORS: readonly Vector[] = [
  {
    timestamp: 1_795_472_548_626,
    apiKey: 'k',
    secret: 's',
    window: '5000',
    path: '/v5/user/query-api',
    query: '',
    sign: 'f2538e2f2e31919202946efee6bf25ecc3058799d5df371b1a6e4e6b949aef03',
  },
  {
    timestamp: 1_764_000_000_000,
    apiKey: 'KEY',
    secret: 'SECRET',
    window: '5000',
    path: '/v5/account/info',
    query: 'category=spot&limit=100&cursor=1726535174139%3A4647668%2C1726535174139%3A4647668',
    sign: '694aedc07ac3cc757ecc205a95d536261872e1deafaf57a025c1beb1ccd32f8d',
  },
  {
    timestamp: 1_764_000_000_000,
    apiKey: 'canaryKey0123456789',
    secret: 'canarySecret0123456789abcdefghijklmn',
    window: '5000',
    path: '/v5/account/wallet-balance',
    query: 'accountType=UNIFIED',
    sign: '10ee03ad3f8b1148db722c087ca18caa1f4495063ba28d56c4430aae3a2c2b27',
  },
];

async function asked(vector: Vector, now = vector.timestamp, sent: Partial<Vector> = {}) {
  const simulator = await startSimulator({ world: new StillWorld(now) });
  simulator.world.addAccount(vector.apiKey, vector.secret);
  // A second key of the exchange, with the same secret.
  simulator.world.addAccount(`${vector.apiKey}2`, vector.secret);
  const { path, query, ...signing }: Vector & Signing = { ...vector, ...sent };
  try {
    const { status, body } = await askBybit(simulator, path, query, signing);
    return [status, body.retCode];
  } finally {
    await simulator.stop();
  }
}

describe.each(VECTORS)('the signature of $path at $timestamp', (vector) => {
  test('is taken', async () => {
    expect(await asked(vector)).toEqual([200, 0]);
  });

  test("is that of ccxt's own sign()", async () => {
    const Exchange = await loadExchange('bybit');
    const { timestamp, apiKey, secret, path, query } = vector;
    const exchange = new Exchange({ apiKey, secret, nonce: () => timestamp });
    const params = Object.fromEntries(
      query
        .split('&')
        .filter(Boolean)
        .map((pair) => pair.split('=')),
    ) as Record<string, string>;
    const sign = exchange['sign'] as (...call: unknown[]) => { url: string; headers: Record<string, string> };
    const { url, headers } = sign.call(exchange, path.slice(1), 'private', 'GET', params);
    expect(url).toBe(`https://api.bybit.com${path}?${query}`);
    expect(headers).toMatchObject({
      'X-BAPI-API-KEY': apiKey,
      'X-BAPI-TIMESTAMP': String(timestamp),
      'X-BAPI-RECV-WINDOW': vector.window,
      'X-BAPI-SIGN': vector.sign,
    });
  });

  test.each<[part: string, changed: Partial<Vector>, retCode: number]>([
    ['the timestamp', { timestamp: vector.timestamp - 1 }, 10004],
    ['the key, to one that is not known', { apiKey: `${vector.apiKey}x` }, 10003],
    ['the key, to another that is known', { apiKey: `${vector.apiKey}2` }, 10004],
    ['the window', { window: '5001' }, 10004],
    ['the query, by a byte more', { query: `${vector.query}&` }, 10004],
    ['the query, in its letters', { query: vector.query.replace('a', 'A') || 'a' }, 10004],
    ['the signature, in its last digit', { sign: vector.sign.replace(/.$/, changedDigit) }, 10004],
    ['the signature, in its first digit', { sign: vector.sign.replace(/^./, changedDigit) }, 10004],
    ['the signature, by a byte more', { sign: `${vector.sign}x` }, 10004],
    ['the signature, by a byte less', { sign: vector.sign.slice(0, -1) }, 10004],
    ['the signature, to capitals', { sign: vector.sign.toUpperCase() }, 10004],
  ])('is refused with a change of %s', async (_part, changed, retCode) => {
    expect(await asked(vector, vector.timestamp, changed)).toEqual([200, retCode]);
  });

  test.each<[title: string, later: number, retCode: number]>([
    ['as late as the window', 5000, 0],
    ['a millisecond later than the window', 5001, 10002],
    ['999 ms ahead', -999, 0],
    ['a second ahead', -1000, 10002],
  ])('sent %s (%i ms) is answered with %i', async (_title, later, retCode) => {
    expect(await asked(vector, vector.timestamp + later)).toEqual([200, retCode]);
  });
});

test('another secret is refused', async () => {
  const [, , vector] = VECTORS;
  if (!vector) throw new Error('no vector');
  const other = { ...vector, secret: vector.secret.replace(/.$/, 'o') };
  expect(await asked(other)).toEqual([200, 10004]);
});

function changedDigit(digit: string): string {
  return digit === '0' ? '1' : '0';
}
