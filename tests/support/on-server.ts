import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import postgres from 'postgres';
import type { ServerSettings } from '../../src/models/settings.js';
import { startPostgres, type TestServer } from './postgres.js';
import { openStage, type Stage } from './stage.js';
import { urlOf } from './urls.js';

/** A stage whose program syncs into a database of a real server, and our own connection to it. */
export interface ServerStage {
  readonly server: TestServer;
  readonly database: ServerSettings;
  readonly stage: Stage;
  readonly sql: postgres.Sql;
}

export const connect = (database: ServerSettings): postgres.Sql =>
  postgres(urlOf(database), { max: 2, onnotice: () => undefined });

/** A server for the suite, and a new database with a stage before each test or once; `prepare` takes them over. */
export function onServer(scope: 'each' | 'all', prepare: (opened: ServerStage) => unknown): void {
  const [before, after] = scope === 'each' ? [beforeEach, afterEach] : [beforeAll, afterAll];
  let server: TestServer;
  let opened: ServerStage;
  beforeAll(async () => {
    server = await startPostgres();
  });
  before(async () => {
    const database = await server.createDatabase();
    opened = { server, database, stage: await openStage(database), sql: connect(database) };
    await prepare(opened);
  });
  after(async () => {
    // A test that failed may have left a transaction open.
    await opened.sql.end({ timeout: 1 });
    await opened.stage.end();
  });
  // Hooks of one kind run in the order in which they were registered.
  afterAll(async () => {
    await server.stop();
  });
}
