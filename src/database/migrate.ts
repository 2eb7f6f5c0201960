import { ExpectedError } from '../errors.js';
import type { Sql } from './connection.js';
import { beforeFirstWrite, type FirstWrite } from './first-write.js';
import { requireUtf8 } from './encoding.js';
import { adoptAlphapulse } from './migrations/001-adopt-alphapulse.js';
import { accountTables } from './migrations/002-account-tables.js';
import { wholeAccounting } from './migrations/003-whole-accounting.js';
import { bridge } from './migrations/004-bridge.js';
import { findingsByTime } from './migrations/005-findings-by-time.js';
import { views } from './migrations/006-views.js';
import { accountsAndCoverage } from './migrations/007-accounts-and-coverage.js';
import { unreadRecords } from './migrations/008-unread-records.js';
import { ownRuns } from './migrations/009-own-runs.js';
import { entries } from './migrations/010-entries.js';
import { unreadProducts } from './migrations/011-unread-products.js';
import { roundedViews } from './migrations/012-rounded-views.js';
import { leftovers } from './migrations/013-leftovers.js';
import { events } from './migrations/014-events.js';
import { eventViews } from './migrations/015-event-views.js';
import { hashOf, type Migration, type MigrationQuery, recordTable } from './migrations/migration.js';
import { refuseHiddenRows, WRITE } from './row-security.js';
import { fetchSchemaVersion, newerSchema, olderSchema } from './schema-version.js';
import type { Database } from './with-database.js';

export const MIGRATIONS: readonly Migration[] = [
  adoptAlphapulse,
  accountTables,
  wholeAccounting,
  bridge,
  findingsByTime,
  views,
  accountsAndCoverage,
  unreadRecords,
  ownRuns,
  entries,
  unreadProducts,
  roundedViews,
  leftovers,
  events,
  eventViews,
];

/** Any number of ours; two runs that start at once must wait for one another. */
const LOCK = 7_203_416;
/** A migration may copy millions of rows; it waits for others no longer than any operation. */
const MIGRATION_LIMIT_MS = 20 * 60_000;
const LOCK_TIMEOUT = '60s';
const UNIQUE_VIOLATION = '23505';
const DEPENDENT_OBJECTS = '2BP01';

export type SchemaState = 'missing' | 'older' | 'current' | 'newer';

interface Applied {
  readonly version: number;
  readonly hash: string;
}

/**
 * Brings the schema up to date and gives the versions that were applied now. Forward only. Throws
 * 'config' where the database was written by a newer program or an applied migration was changed,
 * and 'database' where the copy of an embedded one that is kept before cannot be written. `first` is asked
 * before the first table is made; without it nothing is asked.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[] = MIGRATIONS,
  first?: FirstWrite,
): Promise<number[]> {
  const state = await database.run(async (sql) => {
    await requireUtf8(sql);
    return await schemaState(sql, migrations);
  });
  if (state === 'current') return [];
  if (state === 'newer') throw newerSchema(database);
  if (state === 'missing' && first) await beforeFirstWrite(database, first);
  if (state === 'older') await database.backUp?.((await database.run(fetchSchemaVersion)) ?? 0);
  return await database.run(
    (sql) => inTransaction(sql, () => applyPending(sql, database, migrations)),
    MIGRATION_LIMIT_MS,
  );
}

/** Whether a run that writes nothing finds tables; throws 'config' where they are not those of this program. */
export async function tablesToRead(database: Database): Promise<boolean> {
  const state = await database.run(async (sql) => {
    await requireUtf8(sql);
    return await schemaState(sql);
  });
  if (state === 'newer') throw newerSchema(database);
  if (state === 'older') throw olderSchema();
  return state === 'current';
}

/**
 * The connection is our own alone. The library's `begin` writes on where the connection is lost in the middle,
 * and throws from a timer, where it cannot be caught.
 */
async function inTransaction<T>(sql: Sql, work: () => Promise<T>): Promise<T> {
  await sql`begin`;
  try {
    const result = await work();
    await sql`commit`;
    return result;
  } catch (error) {
    // Of a connection that is lost the server has done so already.
    await sql`rollback`.catch(() => undefined);
    throw error;
  }
}

async function applyPending(
  sql: Sql,
  database: Database,
  migrations: readonly Migration[],
): Promise<number[]> {
  // The transaction's lock, not the session's: that one is shared with strangers behind PgBouncer.
  await sql`select set_config('lock_timeout', ${LOCK_TIMEOUT}, true)`;
  await sql`select pg_advisory_xact_lock(${LOCK})`;
  await makeSchema(sql);
  await recordTable<MigrationQuery>((text) => sql(text));
  const applied = await fetchApplied(sql);
  if (stateOf(applied, migrations) === 'newer') throw newerSchema(database);
  const pending = migrations.filter(({ version }) => !applied.some((done) => done.version === version));
  for (const migration of pending) await apply(sql, migration);
  return pending.map(({ version }) => version);
}

/** `if not exists` asks for the right to create schemas even where there is ours. */
async function makeSchema(sql: Sql): Promise<void> {
  const [ours] = await sql`select from pg_namespace where nspname = 'exchange_sync'`;
  if (!ours) await sql`create schema exchange_sync`;
}

/** What the schema is against this program; changes nothing. Throws 'config' on a changed migration and on hidden rows. */
export async function schemaState(
  sql: Sql,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<SchemaState> {
  await refuseHiddenRows(sql, WRITE);
  const [table] = await sql<{ found: boolean }[]>`
    select to_regclass('exchange_sync.schema_migrations') is not null as found`;
  return table?.found ? stateOf(await fetchApplied(sql), migrations) : 'missing';
}

const fetchApplied = async (sql: Sql): Promise<Applied[]> =>
  await sql<Applied[]>`select version, hash from exchange_sync.schema_migrations order by version`;

function stateOf(applied: readonly Applied[], migrations: readonly Migration[]): SchemaState {
  for (const migration of migrations) {
    const done = applied.filter(({ version }) => version === migration.version);
    if (done.some(({ hash }) => hash !== hashOf(migration))) throw changed(migration);
  }
  if (applied.some(({ version }) => !migrations.some((known) => known.version === version))) return 'newer';
  const isWhole = migrations.every(({ version }) => applied.some((done) => done.version === version));
  return isWhole ? 'current' : 'older';
}

async function apply(sql: Sql, migration: Migration): Promise<void> {
  try {
    await migration.up<MigrationQuery>((text) => sql(text).simple());
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === UNIQUE_VIOLATION) throw duplicates(error);
    if (code === DEPENDENT_OBJECTS) throw dependents(error);
    throw error;
  }
  await sql`
    insert into exchange_sync.schema_migrations (version, name, hash)
    values (${migration.version}, ${migration.name}, ${hashOf(migration)})`;
}

const changed = ({ version, name }: Migration): ExpectedError =>
  new ExpectedError('config', `migration ${version} (${name}) was applied with different content`, {
    fix: 'Use a released version of exchange-sync with this database; nothing was changed.',
  });

const duplicates = (cause: unknown): ExpectedError =>
  new ExpectedError('config', 'portfolio_items has an asset of an exchange twice, so it cannot be adopted', {
    fix: 'Find them: select exchange_id, asset, count(*) from portfolio_items group by 1, 2 having count(*) > 1; and keep one row each.',
    cause,
  });

/** What people made of tables that this version replaces by views of the same names. */
function dependents(cause: unknown): ExpectedError {
  const { detail = '' } = cause as { detail?: string };
  return new ExpectedError(
    'config',
    `the database cannot be upgraded: ${detail.replaceAll('_before_events', '').replaceAll('\n', '; ')}`,
    {
      fix: 'Drop it, run exchange-sync sync, and make it again: tables it used are views of the same name then. Nothing was changed.',
      cause,
    },
  );
}
