import { expect } from '@jest/globals';
import { onServer, type ServerStage } from '../support/on-server.js';
import { fill, SINCE } from '../support/stage.js';
import { fault } from './fault.js';

let opened: ServerStage;

/** Two syncs, the first of them put back by a day and some; meanwhile 1,000 USDT came and bitcoin rose. */
onServer('all', async (stage) => {
  opened = stage;
  const { account, simulator, run } = stage.stage;
  fill(account, simulator.world.now());
  expect(await run(['sync', ...SINCE])).toMatchObject({ code: 0 });
  await putBack('1 day 20 minutes');
  account.deposit('USDT', '1000');
  simulator.world.setPrice('BTCUSDT', '90000');
  expect(await run(['sync'])).toMatchObject({ code: 0 });
});

async function putBack(length: string): Promise<void> {
  await opened.sql`
    update exchange_sync.snapshots set taken_at = taken_at - ${length}::interval
     where taken_at = (select min(taken_at) from exchange_sync.snapshots)`;
  await opened.sql`
    update exchange_sync.pool_history set since = since - ${length}::interval
     where since = (select min(since) from exchange_sync.pool_history)`;
}

fault('E10', async () => {
  const { run } = opened.stage;
  const json = JSON.parse((await run(['show', '--format', 'json'])).stdout) as {
    valueChange: { day: { amount: string; netFlows: string; gain: string } };
  };
  const { amount, netFlows, gain } = json.valueChange.day;
  expect(netFlows).toBe('1000');
  expect(Number(gain)).toBeCloseTo(Number(amount) - 1000, 8);
  const table = (await run(['show'], { env: { FORCE_COLOR: '1' } })).stdout;
  const [first = '', second = ''] = table.split('\n').filter((line) => /^(Gain|Value) over/.test(line));
  expect(first).toMatch(/^Gain over 24 h \S*\[32m\+\d,\d{3}\.\d\d \(/);
  expect(second).toMatch(/^Value over 24 h \+\d,\d{3}\.\d\d \([^[]*$/);
  await putBack('34 days');
  const page = (await run(['show', '--format', 'html'])).stdout;
  expect(page).toContain('>Why it changed over 35 days</h2>');
});
