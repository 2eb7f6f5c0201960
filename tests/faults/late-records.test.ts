import { expect, test } from '@jest/globals';
import { onServer } from '../support/on-server.js';
import { SINCE, type Stage } from '../support/stage.js';

const HOUR_MS = 3_600_000;

let stage: Stage;

onServer('each', (opened) => {
  ({ stage } = opened);
});

const drift = async (): Promise<string | undefined> => {
  const { stdout } = await stage.run(['check', '--offline', '--format', 'json']);
  const { checks } = JSON.parse(stdout) as { checks: { name: string; message: string }[] };
  return checks.find(({ name }) => name === 'drift:bybit')?.message;
};

test('a conversion that is told only after its coins have moved is found by the next sync', async () => {
  const { account, simulator } = stage;
  account.deposit('USDT', '1000', { time: simulator.world.now() - 2 * HOUR_MS });
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0 });
  const late = account.convert({ from: 'USDT', to: 'BTC', amount: '100' });
  account.conversions.pop();
  expect(await stage.run(['sync'])).toMatchObject({ code: 0 });
  expect(await drift()).toMatch(/^balance differences not explained by recorded history: BTC/);
  account.conversions.push(late);
  expect(await stage.run(['sync'])).toMatchObject({ code: 0 });
  expect(await drift()).toBe('all balances match the recorded history');
});
