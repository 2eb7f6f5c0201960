import type { Sql } from '../database/connection.js';
import { embeddedExists } from '../database/embedded-files.js';
import { READ, refuseHiddenRows } from '../database/row-security.js';
import { fetchSchemaVersion, newerSchema, olderSchema, SCHEMA_VERSION } from '../database/schema-version.js';
import type { Database } from '../database/with-database.js';
import { ExpectedError } from '../errors.js';
import type { AccountId } from '../models/account.js';
import type { DatabaseSettings } from '../models/settings.js';
import { fetchNewestSnapshotTimes } from '../repository/snapshots.js';

export type OpenDatabase = <T>(fn: (database: Database) => Promise<T>) => Promise<T>;

/**
 * Reads what syncs have stored. Throws 'nothing-to-show' before the first sync and 'config' if the
 * schema is incompatible; it never migrates and never creates a database.
 */
export async function readStored<T>(
  settings: DatabaseSettings,
  accounts: readonly AccountId[],
  open: OpenDatabase,
  read: (sql: Sql) => Promise<T>,
): Promise<T> {
  return await withStored(settings, accounts, open, (database) =>
    database.run(async (sql) => {
      await requireSchema(sql, database, accounts);
      return await read(sql);
    }),
  );
}

/** The same for reads of several operations. */
export async function readStoredInParts<T>(
  settings: DatabaseSettings,
  accounts: readonly AccountId[],
  open: OpenDatabase,
  read: (database: Database) => Promise<T>,
): Promise<T> {
  return await withStored(settings, accounts, open, async (database) => {
    await database.run((sql) => requireSchema(sql, database, accounts));
    return await read(database);
  });
}

async function withStored<T>(
  settings: DatabaseSettings,
  accounts: readonly AccountId[],
  open: OpenDatabase,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  if (settings.kind === 'embedded' && !embeddedExists(settings.directory)) throw neverSynced(accounts);
  return await open(work);
}

async function requireSchema(sql: Sql, database: Database, accounts: readonly AccountId[]): Promise<void> {
  await refuseHiddenRows(sql, READ);
  const version = await fetchSchemaVersion(sql);
  if (version === undefined) throw neverSynced(accounts);
  if (version < SCHEMA_VERSION) throw olderSchema();
  if (version > SCHEMA_VERSION) throw newerSchema(database);
}

export function neverSynced(accounts: readonly AccountId[]): ExpectedError {
  return new ExpectedError('nothing-to-show', `there is no portfolio${whose(accounts)} in the database yet`, {
    fix: `Run a sync first: ${syncCommand(accounts)}`,
  });
}

/** The error for accounts without stored data in a database that may hold others. */
export async function nothingSynced(sql: Sql, accounts: readonly AccountId[]): Promise<ExpectedError> {
  const others = [...(await fetchNewestSnapshotTimes(sql)).keys()];
  if (others.length === 0) return neverSynced(accounts);
  const [are, them] = accounts.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return new ExpectedError('nothing-to-show', `${accounts.join(', ')} ${are} not in the database`, {
    fix: `Accounts in the database: ${others.join(', ')}. To add ${them}: ${syncCommand(accounts)}`,
  });
}

/** The accounts that should be in the output but have no stored data. */
export const absentFrom = (
  found: Iterable<AccountId>,
  expected: readonly AccountId[],
): readonly AccountId[] => {
  const present = new Set(found);
  return expected.filter((account) => !present.has(account)).toSorted();
};

/** ` of bybit, bybit/sub1`; empty for all accounts. */
export const whose = (accounts: readonly AccountId[]): string =>
  accounts.length > 0 ? ` of ${accounts.join(', ')}` : '';

export const syncCommand = (accounts: readonly AccountId[]): string =>
  `exchange-sync sync${accounts.map((account) => ` -e ${account}`).join('')}`;
