import { accountOf, type CheckResult, type CheckState, subjectOf } from '../models/check.js';
import { type Paint, painter } from './colour.js';
import { count } from './duration.js';
import { printable, printableLines } from './escape.js';
import { jsonText, SCHEMA_VERSION } from './json-text.js';
import { displayWidth, hanging, hangingStep, padded } from './text-layout.js';

/** The statuses of the monitoring-plugin convention. */
export type CheckExit = 0 | 1 | 2 | 3;

const WORDS = ['OK', 'WARNING', 'CRITICAL', 'UNKNOWN'] as const;
const STATES = ['ok', 'warning', 'critical', 'unknown'] as const;
const WORST_FIRST: readonly CheckExit[] = [2, 3, 1, 0];
const MARKS: Record<CheckState, string> = {
  ok: '✓',
  warning: '!',
  critical: '✗',
  unknown: '?',
  skipped: '-',
};
const COLOURS = {
  ok: 'green',
  warning: 'yellow',
  critical: 'red',
  unknown: 'magenta',
  skipped: 'dim',
} as const;

/** The worst of all states, critical before unknown before warning; no check run is unknown. */
export function checkExit(results: readonly CheckResult[]): CheckExit {
  return WORST_FIRST.find((exit) => results.some((result) => result.state === STATES[exit])) ?? 3;
}

/** A sentence with less room than this beside its check goes below it. */
const LEAST_ROOM = 24;
const BELOW = '   ';
const REMEDY = '     ';

export interface CheckReportOptions {
  readonly colour: boolean;
  /** Columns of the terminal; Infinity where nothing is to be wrapped. */
  readonly width: number;
}

/**
 * First the line that monitoring reads, `WARNING: text | perfdata`, whole at any width; then the checks of
 * the program and its database, and those of each account, each with its remedy.
 */
export function renderCheckReport(
  results: readonly CheckResult[],
  { colour, width }: CheckReportOptions,
): string {
  const paint = painter(colour);
  const widest = Math.max(0, ...results.map((result) => displayWidth(printable(subjectOf(result)))));
  // The program and its database, then the accounts in the order in which they were looked at.
  const accounts = new Set([undefined, ...results.map(accountOf)]);
  const groups = [...accounts].map((account) => [
    ...(account === undefined ? [] : ['', paint('bold', printable(account))]),
    ...results
      .filter((result) => accountOf(result) === account)
      .flatMap((result) => [checkText(result, { widest, width, paint }), ...remedyLines(result, width)]),
  ]);
  return [statusLine(results), ...groups.flat()].map((line) => `${line}\n`).join('');
}

function checkText(
  result: CheckResult,
  { widest, width, paint }: { widest: number; width: number; paint: Paint },
): string {
  const { state, message } = result;
  const name = subjectOf(result);
  const mark = `${paint(COLOURS[state], MARKS[state])}  `;
  const lead = `${mark}${padded(printable(name), widest, 'left')}  `;
  const beside = width - displayWidth(lead) >= LEAST_ROOM;
  if (beside) return hanging(lead, printable(message), width);
  return `${mark}${printable(name)}\n${hanging(BELOW, printable(message), width)}`;
}

function remedyLines({ remedy }: CheckResult, width: number): readonly string[] {
  if (remedy === undefined) return [];
  return printableLines(remedy)
    .split('\n')
    .map((line) => hangingStep(REMEDY, line, width));
}

export function renderCheckJson(results: readonly CheckResult[]): string {
  const exit = checkExit(results);
  return jsonText({
    schemaVersion: SCHEMA_VERSION,
    status: STATES[exit],
    exitCode: exit,
    checks: results.map((result) => ({ ...result, remedy: result.remedy ?? null })),
  });
}

/** A bar in the text would begin the perfdata. */
function statusLine(results: readonly CheckResult[]): string {
  const exit = checkExit(results);
  const text = printable(statusText(results, exit)).replaceAll('|', '¦');
  const perfdata = results.flatMap(({ name, performance }) =>
    Object.entries(performance).map(([key, value]) => `${label(`${name}.${key}`)}=${printable(value)}`),
  );
  return `${WORDS[exit]}: ${[text, ...(perfdata.length > 0 ? [perfdata.join(' ')] : [])].join(' | ')}`;
}

function statusText(results: readonly CheckResult[], exit: CheckExit): string {
  const decisive = results.filter((result) => result.state === STATES[exit]);
  const [first] = decisive;
  if (first === undefined) return 'no check was run';
  if (exit === 0) return `${count(decisive.length, 'check')} passed`;
  const others = decisive.length > 1 ? ` (and ${decisive.length - 1} more)` : '';
  return `${first.name}: ${first.message}${others}`;
}

/** A label with a space is quoted; neither `=` nor a quote may be in one. */
function label(text: string): string {
  const safe = printable(text).replaceAll(/[='|]/g, '_');
  return safe.includes(' ') ? `'${safe}'` : safe;
}
