import { afterAll, beforeAll, expect, test } from '@jest/globals';
import postgres from 'postgres';
import { holdCommit, quiet } from '../support/held-commit.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { fill, openStage, SINCE, type Stage } from '../support/stage.js';
import { fetchStored } from '../support/stored.js';
import { urlOf } from '../support/urls.js';

let server: TestServer;
let stage: Stage;
let sql: postgres.Sql;

beforeAll(async () => {
  server = await startPostgres();
  const database = await server.createDatabase();
  stage = await openStage(database);
  sql = postgres(urlOf(database), { max: 2, onnotice: () => undefined });
  fill(stage.account, stage.simulator.world.now());
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await stage.end();
  await server.stop();
});

test.each([
  ['in its first row', /holds a lock for too long.*pg_stat_activity/s],
  ['before its first row', /did not finish within 60 s.*Check for a lock/s],
] as const)(
  'a commit that waits for long %s ends with 74, and does not land once the lock is free',
  async (moment, said) => {
    stage.account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.2', price: '60000' });
    const before = await fetchStored(sql);
    const { ended, free } = await holdCommit(sql, moment, () => stage.start(['sync']));
    expect(await ended).toMatchObject({ code: 74, stderr: expect.stringMatching(said) as unknown });
    await free();
    await quiet(sql);
    expect(await fetchStored(sql)).toEqual(before);
    expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
  },
  150_000,
);
