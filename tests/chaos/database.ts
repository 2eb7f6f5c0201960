import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { type Database, withDatabase } from '../../src/database/with-database.js';
import { serverEnv } from '../simulation/program.js';
import { type CutLine, startCutLine } from '../support/cut-line.js';
import { embeddedFolder } from '../support/embedded-folder.js';
import { quiet } from '../support/held-commit.js';
import type { TestServer } from '../support/postgres.js';
import { urlOf } from '../support/urls.js';

/** Where the runs of one history store it. */
export interface HistoryDatabase {
  /** Of the program. */
  readonly env: Readonly<Record<string, string>>;
  /** Gives what is stored once nothing is done for the program any more. */
  readonly look: <T>(read: (database: Database) => Promise<T>) => Promise<T>;
  readonly end: () => Promise<void>;
}

export interface ServerDatabase extends HistoryDatabase {
  readonly server: TestServer;
  /** All that the program says to the server goes over it. */
  readonly line: CutLine;
  readonly sql: Sql;
}

/** Of our own: one for each run that is held at its commit, and some to look. */
const CONNECTIONS = 7;

/** A database of its own on the server, without tables. */
export async function openServerDatabase(server: TestServer): Promise<ServerDatabase> {
  const settings = await server.createDatabase();
  const line = await startCutLine(server.port);
  const sql = postgres(urlOf(settings), { max: CONNECTIONS, onnotice: () => undefined });
  const database: Database = { kind: 'server', place: settings.database, run: (work) => work(sql) };
  return {
    ...{ server, line, sql },
    env: serverEnv({ ...settings, port: line.port }),
    look: async (read) => {
      await quiet(sql);
      return await read(database);
    },
    end: async () => {
      await sql.end({ timeout: 1 });
      line.close();
    },
  };
}

const LOCK_WAIT_MS = 10_000;

/** A folder of its own; with `made`, an empty database is in it, else the first run makes one. */
export async function openEmbeddedDatabase(made: boolean): Promise<HistoryDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'exchange-sync-campaign-'));
  const directory = join(folder, 'database');
  if (made) await embeddedFolder(directory);
  return {
    env: { EXCHANGE_SYNC_DATA_DIR: folder },
    look: (read) => withDatabase({ kind: 'embedded', directory }, { lockWaitMs: LOCK_WAIT_MS }, read),
    end: () => {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}
