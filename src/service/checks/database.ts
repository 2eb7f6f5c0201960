import { embeddedExists } from '../../database/embedded-files.js';
import { requireUtf8 } from '../../database/encoding.js';
import { fetchMissingGrants } from '../../database/grants.js';
import { schemaState, type SchemaState } from '../../database/migrate.js';
import { newerRemedy } from '../../database/schema-version.js';
import { fetchOpenSchemas } from '../../database/search-path.js';
import { fetchForeignTriggers } from '../../database/triggers.js';
import type { Database, Sql } from '../../database/with-database.js';
import type { CheckResult } from '../../models/check.js';
import type { DatabaseSettings } from '../../models/settings.js';
import { inspectStored, STORED_SUBJECTS } from './account.js';
import { inspectBooks } from './books.js';
import { accountsIn, type Check, type CheckContext, failed, result } from './check.js';
import { diskResult, tlsResult } from './database-safety.js';

const NAME = 'database';
const REPLAYED = ['books', 'transfers'] as const;
const BOOKS = [...REPLAYED, 'drift', 'cost'] as const;

/** Reachable, safe, of the right schema, and what is stored of each account. */
export const database: Check = {
  subjects: [NAME, 'tls', 'grants', 'disk', 'schema', ...STORED_SUBJECTS, ...BOOKS],
  run: async (context) => {
    if (!context.database.ok) return [result(NAME, 'skipped', 'skipped: invalid database settings')];
    const settings = context.database.value;
    try {
      if (settings.kind === 'embedded' && !embeddedExists(settings.directory)) {
        return [notMade(settings.directory)];
      }
      return await inspect(context, settings);
    } catch (error) {
      return [failed(NAME, error)];
    }
  },
};

const notMade = (directory: string): CheckResult =>
  result(NAME, 'critical', `there is no embedded database in ${directory} yet`, {
    remedy: 'The first sync creates it: exchange-sync sync',
  });

async function inspect(context: CheckContext, settings: DatabaseSettings): Promise<readonly CheckResult[]> {
  const startedAt = performance.now();
  return await context.open(settings)(async (db) => {
    const { state, found } = await db.run(async (sql) => {
      const state = await schemaState(sql);
      const milliseconds = Math.round(performance.now() - startedAt);
      const reached = await requireUtf8(sql).then(
        () => result(NAME, 'ok', `${db.place} answers`, { performance: { time: `${milliseconds}ms` } }),
        (error: unknown) => failed(NAME, error),
      );
      const safety = settings.kind === 'server' ? [tlsResult(settings), await grantsResult(sql)] : [];
      const disk = settings.kind === 'embedded' ? [await diskResult(settings.directory)] : [];
      const stored = state === 'current' ? await inspectStored(sql, context) : [];
      return { state, found: [reached, ...safety, ...disk, schemaResult(state, db), ...stored] };
    });
    return [...found, ...(state === 'current' ? await booksOf(context, db) : [])];
  });
}

/** A full replay takes a while, so it runs only if one of its checks is requested. */
async function booksOf(context: CheckContext, db: Database): Promise<CheckResult[]> {
  const { accounting, wanted, now } = context;
  if (!accounting || !BOOKS.some(wanted)) return [];
  const results: CheckResult[] = [];
  for (const { id } of accountsIn(context)) {
    results.push(...(await inspectBooks(db, accounting, id, { replay: REPLAYED.some(wanted), now })));
  }
  return results;
}

async function grantsResult(sql: Sql): Promise<CheckResult> {
  const missing = await fetchMissingGrants(sql);
  if (missing.length > 0) {
    return result('grants', 'critical', 'the role lacks permissions that a sync needs', {
      remedy: `As the owner of the database run: ${missing.join(' ')}`,
    });
  }
  const open = await fetchOpenSchemas(sql);
  if (open.length === 0) {
    const message = `the role has the permissions that a sync needs${triggerRemark(await fetchForeignTriggers(sql))}`;
    return result('grants', 'ok', message);
  }
  return result(
    'grants',
    'warning',
    `other roles can create functions that shadow the ones this program calls: ${open.join(', ')}`,
    {
      remedy:
        'PgBouncer does not pass the search path on. As an administrator run: ALTER ROLE … SET search_path = pg_catalog, pg_temp;',
    },
  );
}

/** AlphaPulse may have put them there for good reason: nothing is wrong, but it should be known. */
const triggerRemark = (triggers: readonly string[]): string =>
  triggers.length === 0 ? '' : `; triggers of other roles run with them: ${triggers.join(', ')}`;

function schemaResult(state: SchemaState, db: Database): CheckResult {
  const findings = {
    missing: ['critical', 'the tables do not exist yet', 'The first sync creates them: exchange-sync sync'],
    older: ['warning', 'the schema is older than this program', 'The next sync migrates it.'],
    newer: ['critical', 'the schema is newer than this program', newerRemedy(db)],
    current: ['ok', 'the schema is up to date', undefined],
  } as const;
  const [found, message, remedy] = findings[state];
  return result('schema', found, message, { remedy });
}
