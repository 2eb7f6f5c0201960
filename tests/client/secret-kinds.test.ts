import { expect, test } from '@jest/globals';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { EXCHANGES } from '../../src/client/exchanges.js';
import { loadExchange } from '../../src/client/load-ccxt.js';
import { requireUsableSecret } from '../../src/client/secret-kinds.js';

const pemOf = ({ privateKey }: { privateKey: KeyObject }): string =>
  privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim();
const RSA = pemOf(generateKeyPairSync('rsa', { modulusLength: 2048 }));
const ED25519 = pemOf(generateKeyPairSync('ed25519'));
const EC = pemOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }));
const CUT = RSA.slice(0, 200);

function outcome(exchange: string, secret: string): string {
  const spec = EXCHANGES[exchange];
  if (!spec) throw new Error(`there is no ${exchange}`);
  const credentials = { apiKey: 'key', secret };
  try {
    requireUsableSecret({ id: exchange, exchange, credentials, environment: 'live' }, spec);
    return 'usable';
  } catch (error) {
    return (error as Error).message;
  }
}

test.each([
  ['bybit', 'a text', 'secret0123456789', /^usable$/],
  [
    'bybit',
    'Ed25519',
    ED25519,
    /^the API secret of bybit is a private key \(ed25519\), which is not supported$/,
  ],
  ['bybit', 'RSA', RSA, /is a private key \(rsa\)/],
  ['bybit', 'a cut key', CUT, /is not a complete private key/],
  ['bybit', 'the first line alone', '-----BEGIN PRIVATE KEY-----', /is not a complete private key/],
  ['binance', 'a text', 'secret0123456789', /^usable$/],
  ['binance', 'Ed25519', ED25519, /^usable$/],
  ['binance', 'RSA', RSA, /^usable$/],
  ['binance', 'an elliptic curve', EC, /is a private key \(ec\)/],
  ['binance', 'a cut key', CUT, /is not a complete private key/],
  ['binance', 'a public key', '-----BEGIN PUBLIC KEY-----', /is not a complete private key/],
])('a secret for %s that is %s', (exchange, _kind, secret, expected) => {
  expect(outcome(exchange, secret)).toMatch(expected);
});

test.each([
  ['binance', RSA],
  ['binance', ED25519],
  ['binance', 'secret0123456789'],
  ['bybit', 'secret0123456789'],
])('%s signs with what is called usable', async (exchange, secret) => {
  const Exchange = await loadExchange(exchange);
  const signer = new Exchange({ apiKey: 'key', secret });
  const sign = signer['sign'] as (path: string, api: string) => { url: string };
  const api = exchange === 'binance' ? ['account', 'private'] : ['v5/account/info', 'private'];
  expect(sign.call(signer, ...(api as [string, string])).url).toContain('https://');
});
