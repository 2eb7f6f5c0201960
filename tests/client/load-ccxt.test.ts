import { describe, expect, test } from '@jest/globals';
import ccxt from 'ccxt';
import { TRAITS } from '../../src/client/exchange-traits.js';
import { exchangeFile } from '../../src/client/import-exchange.js';
import { loadExchange } from '../../src/client/load-ccxt.js';

const EXCHANGES = Object.keys(TRAITS);
const WHOLE = ccxt as unknown as Readonly<Record<string, unknown>>;
const MISSING = exchangeFile('no-such-exchange');

describe('loading one exchange of ccxt', () => {
  test.each(EXCHANGES)('%s is still a file of its own where the client looks for it', async (exchange) => {
    const module = (await import(exchangeFile(exchange))) as { default?: unknown };
    // If this fails, ccxt has moved its files: the client then imports all of ccxt, which takes 1 s.
    expect(module.default).toBe(WHOLE[exchange]);
  });

  test.each(EXCHANGES)('the class of %s is the one of the whole package', async (exchange) => {
    const found = await loadExchange(exchange);
    expect(typeof found).toBe('function');
    expect(found).toBe(WHOLE[exchange]);
  });

  test.each([
    ['is not there', MISSING],
    ['holds no class', 'data:text/javascript,export const bybit = 1;'],
  ])('a file that %s gives way to the whole package', async (_title, file) => {
    expect(await loadExchange('bybit', async () => (await import(file)) as unknown)).toBe(WHOLE['bybit']);
  });

  test('an exchange that ccxt does not have is named', async () => {
    await expect(loadExchange('no-such-exchange')).rejects.toThrow('ccxt does not know no-such-exchange');
  });
});
