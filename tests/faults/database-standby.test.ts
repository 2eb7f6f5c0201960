import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { turnIntoStandby, type Standby } from '../support/standby.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { fill, openStage, SINCE, type Stage } from '../support/stage.js';
import { urlOf } from '../support/urls.js';
import { fault } from './fault.js';

let server: TestServer;
let standby: Standby;
let stage: Stage;
let onStandby: { env: { DATABASE_URL: string } };
let onFreshStandby: typeof onStandby;

beforeAll(async () => {
  server = await startPostgres();
  const [synced, fresh] = [await server.createDatabase(), await server.createDatabase()];
  stage = await openStage(synced);
  fill(stage.account, stage.simulator.world.now());
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
  standby = await turnIntoStandby(server);
  const { port } = standby;
  onStandby = { env: { DATABASE_URL: urlOf({ ...synced, port }) } };
  onFreshStandby = { env: { DATABASE_URL: urlOf({ ...fresh, port }) } };
});
afterAll(async () => {
  await standby.stop();
  await stage.end();
  await server.stop();
});

const READ_ONLY = {
  code: 78,
  stderr: expect.stringMatching(
    /is a read-only replica\n.*Point DATABASE_URL or DB_HOST at the primary/s,
  ) as unknown,
};

fault(13, async () => {
  expect(await stage.run(['sync'], onStandby)).toMatchObject(READ_ONLY);
  // So it is where the tables are yet to be made.
  expect(await stage.run(['sync'], onFreshStandby)).toMatchObject(READ_ONLY);
});

test('show and check --offline work on it', async () => {
  const shown = await stage.run(['show', '--format', 'json'], onStandby);
  expect(shown).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('0.0599') as unknown });
  expect((await stage.run(['check', '--offline'], onStandby)).code).toBe(0);
});

test('a dry run works on it, as it writes nothing', async () => {
  expect((await stage.run(['sync', '--dry-run'], onStandby)).code).toBe(0);
});
