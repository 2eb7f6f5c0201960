import { afterAll, beforeAll, expect } from '@jest/globals';
import type { ServerSettings } from '../../src/models/settings.js';
import { connect } from '../support/on-server.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { turnIntoStandby } from '../support/standby.js';
import { fill, openStage, SINCE, type Stage } from '../support/stage.js';
import { fetchStored } from '../support/stored.js';
import { urlOf } from '../support/urls.js';
import { fault } from './fault.js';

/** Of one run, until it gives up. */
const TRIES = 4;

let server: TestServer;
let database: ServerSettings;
let stage: Stage;
let before: Awaited<ReturnType<typeof fetchStored>>;

beforeAll(async () => {
  server = await startPostgres();
  database = await server.createDatabase();
  stage = await openStage(database);
  fill(stage.account, stage.simulator.world.now());
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
  before = await stored(database);
});
afterAll(async () => {
  await stage.end();
  await server.stop();
});

async function stored(settings: ServerSettings) {
  const sql = connect(settings);
  const rows = await fetchStored(sql);
  await sql.end();
  return rows;
}

fault(7, async () => {
  await server.halt();
  for (const command of ['sync', 'show']) {
    const { code, stderr } = await stage.run([command]);
    expect(code).toBe(74);
    expect(stderr).toContain(
      `127.0.0.1:${database.port}/${database.database} cannot be reached: connection refused`,
    );
    expect(stderr).toMatch(/Fix: Start the server, or correct DATABASE_URL \(or DB_HOST\/DB_PORT\)/);
  }
});

fault(8, async () => {
  const starting = await turnIntoStandby(server, { hot: false });
  const up = { ...database, port: starting.port };
  const env = { DATABASE_URL: urlOf(up) };
  const startedAt = Date.now();
  expect(await stage.run(['sync'], { env })).toMatchObject({
    code: 74,
    stderr: expect.stringContaining('starting up or shutting down') as unknown,
  });
  expect(Date.now() - startedAt).toBeGreaterThan(2_800);

  const running = stage.start(['sync'], { env });
  await starting.said('not accepting connections', TRIES + 1);
  starting.promote();
  expect(await running.ended).toMatchObject({ code: 0, stderr: '' });
  const { 'exchange_sync.events': events } = await stored(up);
  expect(events).toEqual(before['exchange_sync.events']);
  await starting.stop();
});
