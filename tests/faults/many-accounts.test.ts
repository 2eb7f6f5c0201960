import { expect } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type postgres from 'postgres';
import { PROJECT } from '../support/cli.js';
import { onServer } from '../support/on-server.js';
import { SINCE, type Stage, QUIET } from '../support/stage.js';
import { fault } from './fault.js';

const FEW = 7;
const MANY = 40;
/** MiB that may be kept of each account; its client alone was a quarter. */
const KEPT = 0.1;
const HEAP_WATCH = pathToFileURL(join(PROJECT, 'dist/tests/support/heap-watch.js')).href;

let stage: Stage;
let sql: postgres.Sql;
/** Of accounts beside the first. */
let keys: Record<string, string>;

onServer('all', (opened) => {
  ({ stage, sql } = opened);
  keys = {};
  for (let number = 1; number < MANY; number += 1) {
    const key = `subKey${String(number).padStart(12, '0')}`;
    const secret = `subSecret${String(number).padStart(24, '0')}`;
    stage.simulator.world.addAccount(key, secret).deposit('ETH', String(number));
    keys[`BYBIT_S${number}_API_KEY`] = key;
    keys[`BYBIT_S${number}_API_SECRET`] = secret;
    keys[`BYBIT_S${number}_BASE_URL`] = stage.simulator.url;
  }
});

const few = () => Object.fromEntries(Object.entries(keys).filter(([name]) => /^BYBIT_S[1-6]_/.test(name)));

fault('E11', async () => {
  expect(await stage.run(['sync', ...SINCE], { env: few() })).toMatchObject({ code: 0, stderr: QUIET });
  // The last ones by name: one was synced yesterday, the other never.
  await sql`update exchange_sync.runs set ended_at = ended_at - interval '1 day' where account = 'bybit/s5'`;
  await sql`delete from exchange_sync.runs where account = 'bybit/s6'`;
  const [before] = await sql<{ at: Date }[]>`select now() as at`;
  expect((await stage.run(['sync'], { env: few() })).code).toBe(0);
  const runs = await sql<{ account: string; first: boolean }[]>`
    select account, started_at < min(ended_at) over () as first from exchange_sync.runs where started_at > ${before?.at ?? 0}`;
  expect(runs).toHaveLength(FEW);
  // Four at a time.
  expect(runs.filter(({ first }) => first).map(({ account }) => account)).toEqual(
    expect.arrayContaining(['bybit/s5', 'bybit/s6']),
  );
});

/** MiB in use at most in a sync of these accounts. */
async function heapOf(accounts: Record<string, string>): Promise<number> {
  const file = join(stage.folder, 'heap');
  const env = { ...accounts, HEAP_WATCH_FILE: file, NODE_OPTIONS: `--import ${HEAP_WATCH}` };
  expect(await stage.run(['sync', ...SINCE], { env })).toMatchObject({ code: 0, stderr: QUIET });
  return Number(readFileSync(file, 'utf8'));
}

fault(
  'E12',
  async () => {
    const ofFew = await heapOf(few());
    expect((await heapOf(keys)) - ofFew).toBeLessThan((MANY - FEW) * KEPT);
    const [runs] = await sql`select count(distinct account)::int as accounts from exchange_sync.runs`;
    expect(runs).toEqual({ accounts: MANY });
  },
  120_000,
);
