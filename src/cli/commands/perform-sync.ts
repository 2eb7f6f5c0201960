import { syncDocument } from '../../render/documents/sync-run.js';
import { MIGRATIONS, migrate, tablesToRead } from '../../database/migrate.js';
import { withDatabase } from '../../database/with-database.js';
import { createLogger } from '../../logger.js';
import { isAccountId } from '../../models/account.js';
import { legOf } from '../../models/account-event.js';
import type { SyncReport } from '../../models/sync-report.js';
import { writeOut } from '../../render/output.js';
import { renderSyncJson } from '../../render/json/sync.js';
import { syncLogLines } from '../../render/sync-log.js';
import { renderSyncReport } from '../../render/sync-report.js';
import { measureAccounts } from '../../service/measure-accounts.js';
import { syncAccounts } from '../../service/sync-accounts.js';
import type { AcceptUnexplained } from '../../service/sync-context.js';
import { clientFactory } from '../clients.js';
import { accountingSettings, loadForSync } from '../context.js';
import { exitOfSync } from '../exit-codes.js';
import { type DocumentFormat, renderDocument } from '../formats.js';
import { openProgressLine, type ProgressLine } from '../progress-line.js';
import { type RunControl, withRunControl } from '../run-control.js';
import { coloured } from '../terminal.js';
import { monitored, type RunWatch } from './sync-monitoring.js';
import {
  announce,
  announceFirstWrite,
  isTurnedOff,
  logUnused,
  mention,
  refusedReports,
  skipSync,
} from './sync-start.js';
import type { SyncOptions } from './sync-options.js';

const LOCK_WAIT_MS = 2_000;

/** Runs the command and gives its exit status. */
export async function performSync(options: SyncOptions): Promise<number> {
  if (isTurnedOff()) return await skipSync(options);
  return await monitored(options, (watch) => controlled(options, watch));
}

async function controlled(options: SyncOptions, watch: RunWatch): Promise<number> {
  const { timeout } = options;
  return await withRunControl(timeout, `${timeout / 1000} s`, async (control) => {
    control.signal.addEventListener('abort', () => {
      watch.note({ stopped: true });
    });
    const report = await runSync(options, control, watch);
    watch.note({ report });
    const exitCode = exitOf(control, report);
    await print(options, report, exitCode);
    return exitCode;
  });
}

const exitOf = (control: RunControl, report: SyncReport): number =>
  control.demandedExit() ?? exitOfSync(report);

async function runSync(options: SyncOptions, control: RunControl, watch: RunWatch): Promise<SyncReport> {
  const terminal = process.stderr.isTTY && !options.quiet;
  const line = openProgressLine(process.stderr, terminal && process.env['TERM'] !== 'dumb');
  try {
    return await runLogged(options, control, watch, { ...line, terminal });
  } finally {
    line.end();
  }
}

async function runLogged(
  options: SyncOptions,
  control: RunControl,
  watch: RunWatch,
  { progress, lines, terminal }: ProgressLine & { readonly terminal: boolean },
): Promise<SyncReport> {
  const loaded = loadForSync(options.exchange);
  const { runId } = watch;
  const accounts = loaded.accounts.map(({ id }) => id);
  const failed = refusedReports(loaded);
  watch.note({
    accounts: [...accounts, ...failed.map(({ account }) => account).filter(isAccountId)],
    currency: loaded.settings.accounting.reportingCurrency,
  });
  await announce(loaded);
  const logger = await createLogger({
    settings: loaded.settings.log,
    redact: loaded.redact,
    fields: { run: runId },
    terminal,
    stderr: lines,
  });
  if (logger.unwritable !== undefined) await warn(logger.unwritable);
  logUnused(logger.log, loaded);
  const firstWrite = { isAgreed: options.init ?? false, announce: announceFirstWrite };
  try {
    return await withDatabase(loaded.database, { lockWaitMs: LOCK_WAIT_MS }, async (database) => {
      if (!options.dryRun) await migrate(database, MIGRATIONS, firstWrite);
      const nothingStored = options.dryRun === true && !(await tablesToRead(database));
      const context = {
        ...control,
        database,
        createClient: clientFactory(loaded.environment),
        accounting: accountingSettings(loaded.settings),
        since: options.since,
        dryRun: options.dryRun ?? false,
        nothingStored,
        acceptEmpty: options.acceptEmpty ?? false,
        acceptUnexplained: acceptedAssets(options.acceptUnexplained),
        allowWithdrawKeys: loaded.settings.allowWithdrawKeys,
        log: logger.log,
        progress,
        redact: loaded.redact,
      };
      const synced = await syncAccounts(context, loaded.accounts, runId);
      const report = { ...synced, accounts: [...synced.accounts, ...failed] };
      for (const { level, message, fields } of syncLogLines(report, exitOf(control, report))) {
        logger.log(level, message, fields);
      }
      if (watch.measures) watch.note({ measures: await measureAccounts(context, accounts) });
      return report;
    });
  } catch (error) {
    logger.log('error', error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    await logger.close();
  }
}

const warn = (reason: string): Promise<void> =>
  mention(`Warning: this run has no log file: ${reason}. Choose another with EXCHANGE_SYNC_LOG_FILE.`);

const acceptedAssets = (option: SyncOptions['acceptUnexplained']): AcceptUnexplained =>
  option === true ? 'all' : option && new Set(option.map((asset) => asset.toUpperCase()));

/** An asset that is mistyped, or whose difference is gone, must not pass for accepted. */
async function mentionUnaccepted(
  { acceptUnexplained }: SyncOptions,
  { accounts }: SyncReport,
): Promise<void> {
  if (acceptUnexplained === undefined) return;
  const entries = accounts.flatMap((account) => (account.outcome === 'failed' ? [] : account.entries));
  const accepted = new Set(
    entries
      .filter(({ type }) => type === 'adjustment')
      .map((entry) => legOf(entry, 'moved').asset.toUpperCase()),
  );
  const named = acceptUnexplained === true ? [] : acceptUnexplained;
  const left = named.filter((asset) => !accepted.has(asset.toUpperCase()));
  if (left.length > 0) await mention(`Warning: no balance difference to accept: ${left.join(', ')}`);
  else if (accepted.size === 0) await mention('No balance difference to accept.');
}

async function print(options: SyncOptions, report: SyncReport, exitCode: number): Promise<void> {
  await mentionUnaccepted(options, report);
  if (options.format !== 'text') {
    await writeOut(await formatted(options.format, report, exitCode));
    return;
  }
  const failed = exitCode !== 0;
  const warns = report.accounts.some((account) => account.outcome !== 'failed' && account.tradingKey);
  const stream = failed || warns ? process.stderr : process.stdout;
  const speaks = failed || warns || options.verbose || (stream.isTTY && !options.quiet);
  if (!speaks) return;
  await writeOut(
    renderSyncReport(report, { colour: coloured(stream), quiet: options.quiet ?? false }),
    stream,
  );
}

async function formatted(
  format: DocumentFormat | 'json',
  report: SyncReport,
  exitCode: number,
): Promise<string> {
  if (format === 'json') return renderSyncJson(report, exitCode);
  return await renderDocument(syncDocument(report, Date.now()), { format });
}
