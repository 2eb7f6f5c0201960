import { accountOf, type CheckResult } from '../models/check.js';
import { count } from '../models/text.js';
import { printable } from './escape.js';

/** The statuses of the monitoring-plugin convention. */
export type CheckExit = 0 | 1 | 2 | 3;

export const STATES = ['ok', 'warning', 'critical', 'unknown'] as const;
const WORDS = ['OK', 'WARNING', 'CRITICAL', 'UNKNOWN'] as const;
const WORST_FIRST: readonly CheckExit[] = [2, 3, 1, 0];

/** Monitoring reads one line; some plugin hosts cut it at 4 KiB. */
const MAX_LINE_BYTES = 4_000;
const MAX_TEXT_CHARACTERS = 1_000;

/** The worst of all states, critical before unknown before warning; no check run is unknown. */
export function checkExit(results: readonly CheckResult[]): CheckExit {
  return WORST_FIRST.find((exit) => results.some((result) => result.state === STATES[exit])) ?? 3;
}

/** The line for a person: how many checks need attention; the findings stand below it. */
export function summaryLine(results: readonly CheckResult[]): string {
  const exit = checkExit(results);
  const open = results.filter(needsAttention).length;
  const text =
    open === 0
      ? statusText(results, exit)
      : `${open} of ${count(results.length, 'check')} ${open === 1 ? 'needs' : 'need'} attention`;
  return `${WORDS[exit]}: ${text}`;
}

/**
 * The line that monitoring reads, `WARNING: text | perfdata`, in at most 4 KiB: with more accounts than fit,
 * those with the worst state come first and the number of excluded ones is stated.
 */
export function pluginLine(results: readonly CheckResult[]): string {
  const exit = checkExit(results);
  // A bar in the text would begin the perfdata.
  const text = printable(shortened(statusText(results, exit))).replaceAll('|', '¦');
  const lead = `${WORDS[exit]}: ${text}`;
  const perfdata = perfdataWithin(results, MAX_LINE_BYTES - Buffer.byteLength(`${lead} | `));
  return perfdata === '' ? lead : `${lead} | ${perfdata}`;
}

export const needsAttention = ({ state }: CheckResult): boolean => state !== 'ok' && state !== 'skipped';

function statusText(results: readonly CheckResult[], exit: CheckExit): string {
  const decisive = results.filter((result) => result.state === STATES[exit]);
  const [first] = decisive;
  if (first === undefined) return 'no check was run';
  if (exit === 0) return `${count(decisive.length, 'check')} passed`;
  const others = decisive.length > 1 ? ` (and ${decisive.length - 1} more)` : '';
  return `${first.name}: ${first.message}${others}`;
}

const shortened = (text: string): string =>
  text.length <= MAX_TEXT_CHARACTERS ? text : `${text.slice(0, MAX_TEXT_CHARACTERS - 1)}…`;

/** The results of each account in the order in which they were checked; undefined: program and database. */
export function resultsByAccount(
  results: readonly CheckResult[],
): ReadonlyMap<string | undefined, readonly CheckResult[]> {
  const found = new Map<string | undefined, CheckResult[]>([[undefined, []]]);
  for (const result of results) {
    const account = accountOf(result);
    const own = found.get(account);
    if (own) own.push(result);
    else found.set(account, [result]);
  }
  return found;
}

function perfdataWithin(results: readonly CheckResult[], bytes: number): string {
  const all = results.flatMap(perfdataOf).join(' ');
  if (Buffer.byteLength(all) <= bytes) return all;
  const [program = [], ...accounts] = resultsByAccount(results).values();
  const parts = program.flatMap(perfdataOf);
  const counted = (left: number) => [...parts, `accounts=${accounts.length}`, `accounts_left_out=${left}`];
  const severity = (own: readonly CheckResult[]) => WORST_FIRST.indexOf(checkExit(own));
  let left = accounts.length;
  for (const own of accounts.toSorted((a, b) => severity(a) - severity(b))) {
    const more = own.flatMap(perfdataOf);
    if (Buffer.byteLength([...counted(left), ...more].join(' ')) > bytes) break;
    parts.push(...more);
    left--;
  }
  return counted(left).join(' ');
}

const perfdataOf = ({ name, performance }: CheckResult): readonly string[] =>
  Object.entries(performance).map(([key, value]) => `${label(`${name}.${key}`)}=${printable(value)}`);

/** A label with a space is quoted; neither `=` nor a quote may be in one. */
function label(text: string): string {
  const safe = printable(text).replaceAll(/[='|]/g, '_');
  return safe.includes(' ') ? `'${safe}'` : safe;
}
