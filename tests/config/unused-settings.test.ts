import { describe, expect, test } from '@jest/globals';
import ccxt from 'ccxt';
import { unusedSettings } from '../../src/config/unused-settings.js';
import { OTHER_EXCHANGES, SUPPORTED_EXCHANGES } from '../../src/models/exchanges.js';

const problems = (env: Readonly<Record<string, string>>) =>
  unusedSettings(env).map(({ what, fix }) => `${what} | ${fix}`);

test('every exchange that ccxt knows is known by name', () => {
  const known = new Set<string>([...OTHER_EXCHANGES, ...SUPPORTED_EXCHANGES]);
  expect(ccxt.exchanges.filter((exchange) => !known.has(exchange))).toEqual([]);
});

describe('a setting without effect', () => {
  test.each<[string, RegExp]>([
    ['KRAKEN_API_KEY', /kraken is not supported \(KRAKEN_API_KEY\).*Supported: bybit, binance/],
    ['OKX_SECRET_KEY', /okx is not supported \(OKX_SECRET_KEY\)/],
    ['KUCOIN_PASSPHRASE_FILE', /kucoin is not supported/],
    ['BINACE_API_KEY', /^BINACE_API_KEY is not a setting.*Did you mean BINANCE_API_KEY\?/],
    ['BIBYT_SUB1_API_SECRET_FILE', /Did you mean BYBIT_SUB1_API_SECRET_FILE\?/],
    ['BYBIT_API_KE', /Did you mean BYBIT_API_KEY\?/],
    ['BYBIT_APIKEY', /Did you mean BYBIT_API_KEY\?/],
    ['BYBIT_SECRET', /Did you mean BYBIT_API_SECRET\?/],
    ['BYBIT_SUB1_API_SECERT', /Did you mean BYBIT_SUB1_API_SECRET\?/],
    ['BYBIT_PASSPHRASE', /Did you mean BYBIT_API_PASSWORD\?/],
    ['BINANCE_TESNET', /Did you mean BINANCE_TESTNET\?/],
    ['BYBIT_BASEURL', /Did you mean BYBIT_BASE_URL\?/],
    ['EXCHANGE_SYNC_LOGLEVEL', /Did you mean EXCHANGE_SYNC_LOG_LEVEL\?/],
    ['EXCHANGE_SYNC_COLOUR', /^EXCHANGE_SYNC_COLOUR is not a setting.*Remove it/],
    ['EXCHANGE_SYNC_LOG_DIR', /no effect here.*EXCHANGE_SYNC_LOG_FILE/],
    ['EXCHANGE_SYNC_INTERVAL_MINUTES', /no effect here.*cron/],
    ['BYBIT_SUB1_API_SECRET', /is set without BYBIT_SUB1_API_KEY/],
  ])('%s is named, its value never', (name, said) => {
    const found = problems({ [name]: 'canary' });
    expect(found).toEqual([expect.stringMatching(said)]);
    expect(found.join()).not.toContain('canary');
  });

  test.each([
    ...['BYBIT_API_KEY', 'BINANCE_SUB1_API_KEY_FILE', 'BYBIT_TESTNET', 'BYBIT_SUB1_BASE_URL'],
    ...['EXCHANGE_SYNC_EXCHANGES', 'EXCHANGE_SYNC_ENV_FILE', 'EXCHANGE_SYNC_PING_URL_FILE'],
    ...[
      'OPENAI_API_KEY',
      'AWS_SECRET_KEY',
      'KRAKEN_SYMBOLS',
      'BYBIT_SYMBOLS',
      'SECRET_KEY',
      'PATH',
      'API_KEY',
    ],
  ])('is not %s', (name) => {
    expect(problems({ [name]: 'x' })).toEqual([]);
  });

  test('is none where it is blank, and credentials that EXCHANGE_SYNC_EXCHANGES leaves out are no mistake', () => {
    expect(problems({ KRAKEN_API_KEY: '' })).toEqual([]);
    const env = { KRAKEN_API_KEY: 'x', KRAKEN_API_SECRET: 'x' };
    expect(unusedSettings(env)).toEqual([expect.objectContaining({ isMistake: true })]);
    expect(unusedSettings({ ...env, EXCHANGE_SYNC_EXCHANGES: 'bybit' })).toEqual([
      expect.objectContaining({ isMistake: false }),
    ]);
  });
});
