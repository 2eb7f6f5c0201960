import { expect } from '@jest/globals';
import type postgres from 'postgres';
import { onServer } from '../support/on-server.js';
import { SINCE, type Stage } from '../support/stage.js';
import { fault } from './fault.js';

const FEW = 7;
const MANY = 100;
/** MiB of heap in which the program syncs `MANY` accounts, and could not hold the client of each. */
const HEAP = 48;

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
  expect(await stage.run(['sync', ...SINCE], { env: few() })).toMatchObject({ code: 0, stderr: '' });
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

fault(
  'E12',
  async () => {
    const env = { ...keys, NODE_OPTIONS: `--max-old-space-size=${HEAP}` };
    expect(await stage.run(['sync', ...SINCE, '--quiet'], { env })).toMatchObject({ code: 0, stderr: '' });
    const [runs] = await sql`select count(distinct account)::int as accounts from exchange_sync.runs`;
    expect(runs).toEqual({ accounts: MANY });
  },
  120_000,
);
