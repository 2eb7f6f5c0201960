import { expect, test } from '@jest/globals';
import { toldSecrets } from './told-secrets.js';

const env = {
  BYBIT_API_KEY: 'canaryKey0',
  BYBIT_SUB1_API_SECRET: 'canarySecret0',
  DB_PASS: 'canaryPass0',
  DATABASE_URL: 'postgres://u:canaryUrl0@localhost/x',
  EXCHANGE_SYNC_PING_URL: 'https://hc-ping.com/ping/canaryPing0',
  HOME: 'canaryHome0',
};

test('a run that says a secret is found out, by the name of the variable', () => {
  expect(toldSecrets(env, 'all is well in canaryHome0 at hc-ping.com')).toEqual([]);
  expect(
    toldSecrets(env, 'key=canaryKey0&sign=canarySecret0 over canaryUrl0 or canaryPass0, canaryPing0'),
  ).toEqual(['BYBIT_API_KEY', 'BYBIT_SUB1_API_SECRET', 'DB_PASS', 'DATABASE_URL', 'EXCHANGE_SYNC_PING_URL']);
});

test('words that a message needs are no secrets', () => {
  expect(toldSecrets({ DB_PASS: 'postgres', BYBIT_API_KEY: 'key' }, 'postgres key')).toEqual([]);
});
