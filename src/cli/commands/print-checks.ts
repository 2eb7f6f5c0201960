import { checksDocument } from '../../render/documents/checks.js';
import { parseDatabase } from '../../config/database-settings.js';
import { parseSettings } from '../../config/settings.js';
import { withDatabase } from '../../database/with-database.js';
import type { CheckResult, Subject } from '../../models/check.js';
import { renderCheckReport } from '../../render/check-report.js';
import { checkExit } from '../../render/check-status.js';
import { renderCheckJson } from '../../render/json/check.js';
import { writeOut } from '../../render/output.js';
import { runChecks } from '../../service/run-checks.js';
import { clientFactory } from '../clients.js';
import { accountingSettings, accountsOf, loadEnvironment, redactionOf } from '../context.js';
import { withDeadline } from '../deadline.js';
import { type DocumentFormat, renderDocument } from '../formats.js';
import { coloured, widthOf } from '../terminal.js';

export interface CheckOptions {
  readonly exchange: readonly string[];
  readonly offline?: true;
  readonly maxAge: number;
  readonly timeout: number;
  readonly format: 'text' | 'json' | 'nagios' | DocumentFormat;
  readonly verbose?: true;
  readonly only: readonly Subject[];
  readonly skip: readonly Subject[];
}

const LOCK_WAIT_MS = 15_000;

/** Runs the command and gives its exit status. */
export async function printChecks(options: CheckOptions): Promise<number> {
  const environment = loadEnvironment();
  const accounts = accountsOf(environment, options.exchange);
  const settings = parseSettings(environment.env);
  const checks = runChecks({
    environment,
    settings,
    accounting: settings.ok ? accountingSettings(settings.value) : undefined,
    database: parseDatabase(environment.env),
    accounts,
    open: (place) => (fn) => withDatabase(place, { lockWaitMs: LOCK_WAIT_MS }, fn),
    createClient: clientFactory(environment),
    offline: options.offline ?? false,
    maxAge: options.maxAge,
    now: Date.now(),
    wanted: (subject) =>
      (options.only.length === 0 || options.only.includes(subject)) && !options.skip.includes(subject),
  });
  const results = await withDeadline(options.timeout, () => checks);
  const text = await formatted(options, results);
  await writeOut(redactionOf(environment, accounts.ok ? accounts.value.accounts : [])(text));
  return checkExit(results);
}

async function formatted(
  { format, verbose, only }: CheckOptions,
  results: readonly CheckResult[],
): Promise<string> {
  if (format === 'json') return renderCheckJson(results);
  if (format === 'text' || format === 'nagios') {
    return renderCheckReport(results, {
      colour: coloured(process.stdout),
      width: widthOf(process.stdout, Infinity),
      // A check that was requested by name is answered even if it passed.
      verbose: verbose ?? only.length > 0,
      plugin: format === 'nagios' || !process.stdout.isTTY,
    });
  }
  return await renderDocument(checksDocument(results, Date.now()), { format });
}
