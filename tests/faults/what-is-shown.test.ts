import { expect } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onServer, type ServerStage } from '../support/on-server.js';
import { fill, SINCE } from '../support/stage.js';
import { fault } from './fault.js';

let opened: ServerStage;

/** Two accounts with the same small portfolio, synced once. */
onServer('all', async (stage) => {
  opened = stage;
  const { account, simulator, env } = stage.stage;
  const sub = simulator.world.addAccount('subKey0123456789', 'subSecret0123456789abcdefghijklmn');
  Object.assign(env, {
    BYBIT_SUB1_API_KEY: sub.apiKey,
    BYBIT_SUB1_API_SECRET: sub.secret,
    BYBIT_SUB1_BASE_URL: simulator.url,
  });
  fill(account, simulator.world.now());
  fill(sub, simulator.world.now());
  expect(await stage.stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stdout: '', stderr: '' });
});

const show = async (...args: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await opened.stage.run(['show', ...args], { env: { COLUMNS: '120' } });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
};

fault('E13', async () => {
  await opened.sql`
    update exchange_sync.holdings set known_quantity = 0, cost = 0, average_entry = null
     where account = 'bybit/sub1' and asset = 'BTC'`;
  const table = await show('--group', 'asset');
  expect(table).toMatch(/^BTC .*\d\* /m);
  expect(table).toMatch(/^· \* Cost known for 0\.0599 of 0\.1198 BTC: the P&L is of that part only\.$/m);
});

fault('E15', async () => {
  const log = join(opened.stage.folder, 'sync.log');
  const env = { EXCHANGE_SYNC_LOG_FILE: log };
  expect(await opened.stage.run(['sync'], { env })).toMatchObject({ code: 0, stdout: '', stderr: '' });
  const lines = readFileSync(log, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toMatchObject([
    { level: 'info', account: 'bybit', outcome: 'synced', assets: 3, newTrades: 0 },
    { level: 'info', account: 'bybit/sub1', outcome: 'synced', assets: 3, newTrades: 0 },
    { level: 'info', exitCode: 0, synced: 2, partial: 0, failed: 0 },
  ]);
  expect(lines.at(-1)?.['message']).toMatch(
    /^run finished with exit code 0 in [\d.]+ m?s: 2 synced, 0 partial, 0 failed$/,
  );
});
