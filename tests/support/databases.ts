import { afterAll, beforeAll, describe } from '@jest/globals';
import { rmSync } from 'node:fs';
import { migrate } from '../../src/database/migrate.js';
import { type Database, withDatabase } from '../../src/database/with-database.js';
import { embeddedFolder } from './embedded-folder.js';
import { startPostgres, type TestServer } from './postgres.js';

/** The same tests on PostgreSQL 15 and on the embedded database, each migrated and empty at first. */
export function describeOnBoth(title: string, tests: (database: () => Database) => void): void {
  describe(`${title}, on PostgreSQL 15`, () => {
    let server: TestServer;
    let opened: Database;
    beforeAll(async () => {
      server = await startPostgres();
      await withDatabase(await server.createDatabase(), { lockWaitMs: 0 }, async (database) => {
        await migrate(database);
        opened = database;
      });
    });
    afterAll(async () => {
      await server.stop();
    });
    tests(() => opened);
  });

  describe(`${title}, embedded`, () => {
    let folder: string;
    let opened: Database;
    let close: () => void;
    let closed: Promise<void>;
    beforeAll(async () => {
      folder = await embeddedFolder();
      await new Promise<void>((resolve, reject) => {
        closed = withDatabase(
          { kind: 'embedded', directory: folder },
          { lockWaitMs: 0 },
          async (database) => {
            await migrate(database);
            opened = database;
            resolve();
            await new Promise<void>((end) => (close = end));
          },
        );
        closed.catch(reject);
      });
    });
    afterAll(async () => {
      close();
      await closed;
      rmSync(folder, { recursive: true, force: true });
    });
    tests(() => opened);
  });
}
