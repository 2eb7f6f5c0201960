import { parseBoolean } from '../../config/choices.js';
import { unusedSettings } from '../../config/unused-settings.js';
import { embeddedExists } from '../../database/embedded-files.js';
import type { Account } from '../../models/account.js';
import type { Log } from '../../models/log.js';
import type { FailedReport } from '../../models/sync-report.js';
import { writeOut } from '../../render/output.js';
import { renderSyncJson } from '../../render/json/sync.js';
import { type Loaded, loadEnvironment } from '../context.js';
import { EXIT } from '../exit-codes.js';
import type { SyncOptions } from './sync-options.js';

/** EXCHANGE_SYNC_ENABLED=false; invalid settings count as enabled, because the run reports them. */
export function isTurnedOff(): boolean {
  try {
    const isEnabled = parseBoolean(loadEnvironment().env, 'EXCHANGE_SYNC_ENABLED', true);
    return isEnabled.ok && !isEnabled.value;
  } catch {
    return false;
  }
}

/** Neither metrics nor ping: a monitor is to notice that no sync runs. */
export async function skipSync(options: SyncOptions): Promise<number> {
  await mention('Nothing was synced: syncs are turned off by EXCHANGE_SYNC_ENABLED.');
  if (options.format === 'json')
    await writeOut(renderSyncJson({ runId: crypto.randomUUID(), accounts: [], milliseconds: 0 }, EXIT.ok));
  return EXIT.ok;
}

/** Before anything is written: names an embedded database used by default, and a settings file that others can read. */
export async function announce({ database, environment }: Loaded<readonly Account[]>): Promise<void> {
  const lines: string[] = [];
  if (database.kind === 'embedded' && !embeddedExists(database.directory)) {
    lines.push(`No database is configured: using an embedded one in ${database.directory}`);
    if (environment.foreignFile !== undefined) {
      lines.push(
        `${environment.foreignFile} names a database but no setting of exchange-sync, so it is not read; to use it: --env-file ${environment.foreignFile}`,
      );
    }
  }
  if (environment.file?.readableByOthers) {
    lines.push(`Warning: ${environment.file.path} can be read by others: chmod 600 ${environment.file.path}`);
  }
  if (lines.length > 0) await mention(lines.join('\n'));
}

/** Once per database, so that its owner knows where the tables come from. */
export const announceFirstWrite = (place: string): Promise<void> =>
  mention(`First sync into the database ${place}: its tables are created now.`);

/** In the log, and on a terminal: cron would mail it with every run, and `check` reports it too. */
export function logUnused(log: Log, { environment }: Loaded<readonly Account[]>): void {
  for (const { what, fix, isMistake } of unusedSettings(environment.env)) {
    log(isMistake ? 'warn' : 'info', `${what}. ${fix}`);
  }
}

/** What became of the accounts that were asked for and whose settings are wrong. */
export const refusedReports = ({ refused }: Loaded<readonly Account[]>): readonly FailedReport[] =>
  refused.map(({ id, problems }) => ({
    account: id,
    outcome: 'failed',
    kind: 'config',
    message: problems.map(({ what }) => what).join('; '),
    fix: [...new Set(problems.map(({ fix }) => fix))].join('\n'),
    ...{ requests: 0, retries: 0, milliseconds: 0 },
  }));

/** What is no failure must not become one if it cannot be written. */
export async function mention(text: string): Promise<void> {
  await writeOut(`${text}\n`, process.stderr).catch(() => undefined);
}
