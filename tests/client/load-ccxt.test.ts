import { expect, test } from '@jest/globals';
import ccxt from 'ccxt';
import { loadExchange } from '../../src/client/load-ccxt.js';
import { SUPPORTED_EXCHANGES } from '../../src/models/exchanges.js';

const WHOLE = ccxt as unknown as Readonly<Record<string, unknown>>;

test.each(SUPPORTED_EXCHANGES)('the class of %s is the one of the whole package', async (exchange) => {
  const found = await loadExchange(exchange);
  expect(typeof found).toBe('function');
  expect(found).toBe(WHOLE[exchange]);
});

test('an exchange that is not supported is named', async () => {
  await expect(loadExchange('kraken')).rejects.toThrow('unsupported exchange: kraken');
});
