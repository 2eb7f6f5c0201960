import { expect, test } from '@jest/globals';
import { toldSecrets } from './told-secrets.js';

const env = {
  BYBIT_API_KEY: 'canaryKey0',
  BYBIT_SUB1_API_SECRET: 'canarySecret0',
  DB_PASS: 'canaryPass0',
  DATABASE_URL: 'postgres://u:canaryUrl0@localhost/x',
  HOME: 'canaryHome0',
};

test('a run that says a secret is found out, by the name of the variable', () => {
  expect(toldSecrets(env, 'all is well in canaryHome0')).toEqual([]);
  expect(toldSecrets(env, 'key=canaryKey0&sign=canarySecret0 over canaryUrl0 or canaryPass0')).toEqual([
    'BYBIT_API_KEY',
    'BYBIT_SUB1_API_SECRET',
    'DB_PASS',
    'DATABASE_URL',
  ]);
});

test('words that a message needs are no secrets', () => {
  expect(toldSecrets({ DB_PASS: 'postgres', BYBIT_API_KEY: 'key' }, 'postgres key')).toEqual([]);
});
