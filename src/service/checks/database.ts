import { embeddedExists } from '../../database/embedded-files.js';
import { schemaState } from '../../database/migrate.js';
import { fetchLastSuccess } from '../../repository/sync-history.js';
import type { Database } from '../../database/with-database.js';
import { inspectBooks } from './books.js';
import { inspectMarkets } from './markets.js';
import type { CheckResult } from '../../models/check.js';
import type { DatabaseSettings } from '../../models/settings.js';
import { accountsIn, type Check, type CheckContext, failed, nameFor, result } from './check.js';

const NAME = 'database';

/** Reachable, of the right schema, and how old the last good sync of each account is: one connection. */
export const database: Check = {
  name: NAME,
  run: async (context) => {
    if (!context.database.ok) return [result(NAME, 'skipped', 'not looked at: its settings do not fit')];
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
    remedy: 'The first sync makes it: exchange-sync sync',
  });

async function inspect(context: CheckContext, settings: DatabaseSettings): Promise<readonly CheckResult[]> {
  const startedAt = performance.now();
  return await context.open(settings)(async (db) => {
    const found = await db.run(async (sql) => {
      const state = await schemaState(sql);
      const milliseconds = Math.round(performance.now() - startedAt);
      const reached = result(NAME, 'ok', `${db.place} answers`, {
        performance: { time: `${milliseconds}ms` },
      });
      if (state !== 'current') return [reached, schemaMisfit(state)];
      const stored: CheckResult[] = [];
      for (const account of accountsIn(context)) {
        stored.push(age(context, account.id, await fetchLastSuccess(sql, account.id)));
        stored.push(...(await inspectMarkets(sql, account)));
      }
      return [reached, result('schema', 'ok', 'the schema is up to date'), ...stored];
    });
    const fits = found.some(({ name, state }) => name === 'schema' && state === 'ok');
    return [...found, ...(fits ? await booksOf(context, db) : [])];
  });
}

async function booksOf(context: CheckContext, db: Database): Promise<CheckResult[]> {
  const { accounting } = context;
  if (!accounting) return [];
  const results: CheckResult[] = [];
  for (const { id } of accountsIn(context)) results.push(...(await inspectBooks(db, accounting, id)));
  return results;
}

function schemaMisfit(state: 'missing' | 'older' | 'newer'): CheckResult {
  const findings = {
    missing: ['critical', 'the tables are not there yet', 'The first sync makes them: exchange-sync sync'],
    older: ['warning', 'the schema is older than this program', 'The next sync brings it up to date.'],
    newer: ['critical', 'the schema is newer than this program', 'Update exchange-sync.'],
  } as const;
  const [found, message, remedy] = findings[state];
  return result('schema', found, message, { remedy });
}

function age(context: CheckContext, account: string, lastSuccess: number | undefined): CheckResult {
  const name = nameFor('last-sync', account);
  if (lastSuccess === undefined) {
    return result(name, 'critical', `${account} has never been synced`, {
      remedy: `exchange-sync sync -e ${account}`,
    });
  }
  const seconds = Math.max(0, Math.round((context.now - lastSuccess) / 1000));
  const performance = { age: `${seconds}s;;${context.maxAge / 1000}` };
  const message = `${account} was last in step ${said(seconds)} ago`;
  if (seconds * 1000 <= context.maxAge) return result(name, 'ok', message, { performance });
  return result(name, 'critical', `${message}, more than ${said(context.maxAge / 1000)}`, {
    performance,
    remedy: `Look at what the last run said: exchange-sync sync -e ${account}; and whether cron runs it: crontab -l`,
  });
}

function said(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3_600)} h`;
}
