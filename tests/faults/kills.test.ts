import { expect } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type postgres from 'postgres';
import { statusOf } from '../support/cli.js';
import { holdCommit } from '../support/held-commit.js';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';
import { fetchStored } from '../support/stored.js';
import { until } from '../support/until.js';
import { fault } from './fault.js';

const WALLET = '/v5/account/wallet-balance';

let stage: Stage;
let sql: postgres.Sql;
/** What the first sync stored. */
let before: Awaited<ReturnType<typeof fetchStored>>;

onServer('each', async (opened) => {
  ({ stage, sql } = opened);
  stage.env['EXCHANGE_SYNC_METRICS_FILE'] = join(stage.folder, 'exchange_sync.prom');
  fill(stage.account, stage.simulator.world.now());
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
  before = await fetchStored(sql);
  stage.account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.2', price: '60000' });
});

/** A sync that has its trades and now waits for a wallet. */
async function startFetching() {
  stage.simulator.requests.length = 0;
  stage.simulator.faults.add({ kind: 'stall', path: WALLET });
  const running = stage.start(['sync']);
  await until(() => Promise.resolve(stage.simulator.requests.find(({ path }) => path === WALLET)));
  return running;
}

const metrics = () => readFileSync(join(stage.folder, 'exchange_sync.prom'), 'utf8');
const leases = () => sql`select from exchange_sync.leases`;
const trades = async () => (await sql`select from exchange_sync.trades`).length;
/** What a second telling of the same trade would change. */
const booked = async () => {
  const { 'exchange_sync.events': rows, 'exchange_sync.pools': pools } = await fetchStored(sql);
  return { rows, pools };
};
/** A killed run's lease ends by itself after two minutes. */
const passTwoMinutes = () =>
  sql`update exchange_sync.leases set expires_at = expires_at - interval '2 minutes'`;

fault(1, async () => {
  const { child, ended } = await startFetching();
  child.kill('SIGKILL');
  expect(statusOf(await ended)).toBe(137);
  expect(await fetchStored(sql)).toEqual(before);
  await passTwoMinutes();
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
  expect(await trades()).toBe(4);
});

fault(3, async () => {
  const told = metrics();
  const { child, ended, free } = await holdCommit(sql, 'after its last row', () => stage.start(['sync']));
  child.kill('SIGKILL');
  expect(statusOf(await ended)).toBe(137);
  await free();
  expect(await trades()).toBe(4);
  expect(metrics()).toBe(told);
  const stored = await booked();
  await passTwoMinutes();
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
  expect(await booked()).toEqual(stored);
  expect(metrics()).not.toBe(told);
});

fault(4, async () => {
  const { child, ended } = await startFetching();
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 143, stderr: expect.stringContaining('SIGTERM') as unknown });
  expect(await fetchStored(sql)).toEqual(before);
  expect(await leases()).toHaveLength(0);
});

fault(19, async () => {
  const { child, ended } = await startFetching();
  child.kill('SIGKILL');
  await ended;
  expect(await leases()).toHaveLength(1);
  expect((await stage.run(['sync'])).code).toBe(75);
  await passTwoMinutes();
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
  expect(await trades()).toBe(4);
  expect(await leases()).toHaveLength(0);
});
