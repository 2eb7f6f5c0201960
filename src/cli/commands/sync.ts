import { Command } from 'commander';
import { existsSync } from 'node:fs';
import { createExchangeClient } from '../../client/create-client.js';
import { migrate } from '../../database/migrate.js';
import { withDatabase } from '../../database/with-database.js';
import { createLogger } from '../../logger.js';
import type { SyncReport } from '../../models/sync-report.js';
import { writeOut } from '../../render/output.js';
import { renderSyncJson, renderSyncReport } from '../../render/sync-report.js';
import { syncAccounts } from '../../service/sync-accounts.js';
import { accountingSettings, loadForSync, type Loaded } from '../context.js';
import { exitOfSync, SYNC_EXITS } from '../exit-codes.js';
import { duration, exchangeOption, pastDate } from '../options.js';
import type { SetExit } from '../program.js';
import { type RunControl, withRunControl } from '../run-control.js';
import { coloured } from '../terminal.js';
import type { Account } from '../../models/account.js';

const DEFAULT_TIMEOUT_MS = 25 * 60_000;
const LOCK_WAIT_MS = 2_000;

interface SyncOptions {
  readonly exchange: readonly string[];
  readonly since?: number;
  readonly dryRun: boolean;
  readonly acceptEmpty: boolean;
  readonly timeout: number;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

const EXAMPLES = `
Examples:
  exchange-sync sync                                 every account that has a key
  exchange-sync sync -e bybit -e bybit/sub1          two accounts, side by side
  exchange-sync sync --since 2025-01-01              first run: history from that day only
  exchange-sync sync --dry-run                       read and work out everything, write nothing
  exchange-sync sync --json | jq '.accounts[].outcome'

`;

export const syncCommand = (setExit: SetExit): Command =>
  new Command('sync')
    .description('bring exchange accounts into the database, once')
    .addOption(exchangeOption())
    .option(
      '--since <date>',
      'begin an account that is new here at this day (UTC), not as far back as the exchange keeps',
      pastDate,
    )
    .option('--dry-run', 'write nothing', false)
    .option('--accept-empty', 'believe an account that suddenly holds nothing', false)
    .option('--timeout <duration>', 'end the run after this time', duration, DEFAULT_TIMEOUT_MS)
    .option('--json', 'print the result as JSON', false)
    .option('-q, --quiet', 'print failures only', false)
    .option('-v, --verbose', 'print the summary without a terminal too', false)
    .addHelpText('after', EXAMPLES + SYNC_EXITS)
    .action(async (options: SyncOptions) => {
      const { timeout } = options;
      await withRunControl(timeout, `${timeout / 1000} s`, async (control) => {
        const report = await runSync(options, control);
        setExit(control.demandedExit() ?? exitOfSync(report));
        await print(options, report, control.demandedExit() ?? exitOfSync(report));
      });
    });

async function runSync(options: SyncOptions, control: RunControl): Promise<SyncReport> {
  const loaded = loadForSync(options.exchange);
  await announce(loaded);
  const runId = crypto.randomUUID();
  const logger = await createLogger({
    settings: loaded.settings.log,
    redact: loaded.redact,
    fields: { run: runId },
    terminal: process.stderr.isTTY && !options.quiet,
  });
  try {
    return await withDatabase(loaded.database, { lockWaitMs: LOCK_WAIT_MS }, async (database) => {
      if (!options.dryRun) await migrate(database);
      const context = {
        ...control,
        database,
        createClient: createExchangeClient,
        accounting: accountingSettings(loaded.settings),
        since: options.since,
        dryRun: options.dryRun,
        acceptEmpty: options.acceptEmpty,
        log: logger.log,
        redact: loaded.redact,
      };
      return await syncAccounts(context, loaded.accounts, runId);
    });
  } catch (error) {
    logger.log('error', error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    await logger.close();
  }
}

/** Said once, when it is made: where the data lives that nobody named a place for. */
async function announce({ database, environment }: Loaded<readonly Account[]>): Promise<void> {
  const lines: string[] = [];
  if (database.kind === 'embedded' && !existsSync(database.directory)) {
    lines.push(`No database is configured: using an embedded one in ${database.directory}`);
  }
  if (environment.file?.readableByOthers) {
    lines.push(`Warning: ${environment.file.path} can be read by others: chmod 600 ${environment.file.path}`);
  }
  if (lines.length > 0) await writeOut(`${lines.join('\n')}\n`, process.stderr);
}

async function print(options: SyncOptions, report: SyncReport, exitCode: number): Promise<void> {
  if (options.json) {
    await writeOut(renderSyncJson(report, exitCode));
    return;
  }
  const failed = exitCode !== 0;
  const stream = failed ? process.stderr : process.stdout;
  const speaks = failed || options.verbose || (stream.isTTY && !options.quiet);
  if (!speaks) return;
  await writeOut(renderSyncReport(report, { colour: coloured(stream), quiet: options.quiet }), stream);
}
