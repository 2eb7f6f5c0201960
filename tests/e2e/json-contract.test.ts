import { expect, test } from '@jest/globals';
import { onServer } from '../support/on-server.js';
import { outputValidators } from '../support/json-schema.js';
import { fill, SINCE, type Stage } from '../support/stage.js';

const VALIDATORS = outputValidators();

let stage: Stage;

/** One synced account, with a coin of unknown cost and one without a price; another with a wrong key. */
onServer('all', async ({ stage: opened }) => {
  stage = opened;
  const { world } = stage.simulator;
  world.addMarket('USDT', 'EUR', '0.8');
  world.setPrice('USDTEUR', '0.8');
  fill(stage.account, world.now());
  stage.account.deposit('ODD', '5', { time: world.now() - 3_600_000 });
  stage.account.withdraw('ODD', '7', { time: world.now() - 1_800_000 });
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
});

const env = () => ({
  BYBIT_SUB1_API_KEY: 'wrongKey',
  BYBIT_SUB1_API_SECRET: 'wrongSecret',
  BYBIT_SUB1_BASE_URL: stage.simulator.url,
});

test.each([
  ['sync', ['sync', ...SINCE, '--json']],
  ['show', ['show', '--format', 'json']],
  ['show', ['show', '--format', 'json', '--currency', 'EUR']],
  ['history', ['show', '--format', 'json', '--history', '1d']],
  ['bridge', ['show', '--format', 'json', '--bridge', '1d']],
  ['period', ['show', '--format', 'json', '--period', '7d']],
  ['trades', ['show', '--format', 'json', '--trades', 'BTC']],
  ['check', ['check', '--format', 'json', '--offline']],
])('the schema %s describes every field of %j', async (name, args) => {
  const { stdout } = await stage.run(args, { env: env() });
  const validate = VALIDATORS.get(name);
  expect({ valid: validate?.(JSON.parse(stdout)), errors: validate?.errors }).toEqual({
    valid: true,
    errors: null,
  });
});

test('a field that the schema does not list, or that is missing, is an error', async () => {
  const { stdout } = await stage.run(['check', '--format', 'json', '--offline'], { env: env() });
  const report = JSON.parse(stdout) as Record<string, unknown>;
  const validate = VALIDATORS.get('check');
  expect(validate?.({ ...report, added: 1 })).toBe(false);
  expect(validate?.({ ...report, checks: undefined })).toBe(false);
});
