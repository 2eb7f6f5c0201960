import { type CheckResult, type CheckState, subjectOf } from '../models/check.js';
import {
  checkExit,
  needsAttention,
  pluginLine,
  resultsByAccount,
  STATES,
  summaryLine,
} from './check-status.js';
import { type Paint, painter } from './colour.js';
import { count } from '../models/text.js';
import { printable, printableLines } from './escape.js';
import { displayWidth, hanging, hangingStep, padded } from './text-layout.js';

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

/** A sentence with less room than this beside its check goes below it. */
const MIN_ROOM = 24;
const BELOW = '   ';
const REMEDY = '     ';

export interface CheckReportOptions {
  readonly colour: boolean;
  /** Columns of the terminal; Infinity for no wrapping. */
  readonly width: number;
  /** Every check in the order of its run, instead of a line for what is well with an account. */
  readonly verbose: boolean;
  /** The first line is the one that monitoring reads, with perfdata, whole at any width. */
  readonly plugin: boolean;
}

/**
 * A line with the status; then what needs attention, each with its remedy; then the checks of the program
 * and its database, and a line for each account.
 */
export function renderCheckReport(results: readonly CheckResult[], options: CheckReportOptions): string {
  const paint = painter(options.colour);
  const widest = Math.max(0, ...results.map((result) => displayWidth(printable(subjectOf(result)))));
  const lines: LinesOf = (result) => [
    checkText(result, { widest, width: options.width, paint }),
    ...remedyLines(result, options.width),
  ];
  const first = options.plugin
    ? [pluginLine(results)]
    : [hanging('', summaryLine(results), options.width), ''];
  const body = options.verbose ? everything(results, lines, paint) : condensed(results, lines, paint);
  return [...first, ...body].map((line) => `${line}\n`).join('');
}

type LinesOf = (result: CheckResult) => readonly string[];

/** The program and its database, then the accounts in the order in which they were checked. */
function everything(results: readonly CheckResult[], lines: LinesOf, paint: Paint): readonly string[] {
  return [...resultsByAccount(results)].flatMap(([account, own]) => [
    ...(account === undefined ? [] : ['', heading(account, paint)]),
    ...own.flatMap(lines),
  ]);
}

/** Findings first; of an account that is well a single line, with what is information below it. */
function condensed(results: readonly CheckResult[], lines: LinesOf, paint: Paint): readonly string[] {
  const groups = [...resultsByAccount(results)];
  const blocks = [
    ...groups.map(([account, own]) => {
      const found = own.filter(needsAttention).flatMap(lines);
      return account === undefined || found.length === 0 ? found : [heading(account, paint), ...found];
    }),
    ...groups.flatMap(([account, own]) =>
      account === undefined ? [own.filter((result) => !needsAttention(result)).flatMap(lines)] : [],
    ),
    groups.flatMap(([account, own]) =>
      account === undefined ? [] : accountLines(account, own, lines, paint),
    ),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .flatMap((block, at) => (at === 0 ? block : ['', ...block]));
}

function accountLines(
  account: string,
  results: readonly CheckResult[],
  lines: LinesOf,
  paint: Paint,
): readonly string[] {
  const passed = results.filter(({ state }) => state === 'ok');
  const skipped = results.filter(({ state }) => state === 'skipped').length;
  const asked = results.length - skipped;
  const worst: CheckState = results.some(needsAttention) ? STATES[checkExit(results)] : 'ok';
  const mark = `${paint(COLOURS[worst], MARKS[worst])}  ${paint('bold', printable(account))}`;
  const number = passed.length === asked ? '' : `${passed.length} of `;
  return [
    `${mark}: ${number}${count(asked, 'check')} passed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
    ...passed.filter(({ information }) => information).flatMap(lines),
  ];
}

const heading = (account: string, paint: Paint): string => paint('bold', printable(account));

function checkText(
  result: CheckResult,
  { widest, width, paint }: { widest: number; width: number; paint: Paint },
): string {
  const { state, message } = result;
  const name = subjectOf(result);
  const mark = `${paint(COLOURS[state], MARKS[state])}  `;
  const lead = `${mark}${padded(printable(name), widest, 'left')}  `;
  const beside = width - displayWidth(lead) >= MIN_ROOM;
  if (beside) return hanging(lead, printable(message), width);
  return `${mark}${printable(name)}\n${hanging(BELOW, printable(message), width)}`;
}

function remedyLines({ remedy }: CheckResult, width: number): readonly string[] {
  if (remedy === undefined) return [];
  return printableLines(remedy)
    .split('\n')
    .map((line) => hangingStep(REMEDY, line, width));
}
