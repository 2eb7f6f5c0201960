import { FOUND, type FoundId } from './found.js';
import { type Row, row } from './row.js';

/** "Kept": the database holds exactly what it held before the run. */
export const MATRIX = {
  1: row('kill -9 before the commit', 'nothing is written; the next run is complete', '137'),
  2: row('kill -9 during the commit', 'all or nothing', '137'),
  3: row('kill -9 after the commit, before the metrics', 'stored rows stay; no duplicates', '137'),
  4: row('SIGTERM while fetching', 'nothing is written, the lease is free', '143'),
  5: row('SIGTERM during the commit', 'it finishes, or the database rolls it back', '143'),
  6: row("the commit's answer is lost", 'a new connection checks whether the run was stored', '0 or 74'),
  7: row('the database is down', 'how to start it, and which setting to check', '74'),
  8: row('the database is starting (57P03)', 'retried for some seconds', '0 or 74'),
  9: row('the database dies in the middle of a statement', 'nothing is written', '74'),
  10: row('the database is slow', 'a time limit ends the run; the error names it', '74'),
  11: row('the database is silent (stopped, black hole)', 'the deadline ends the run', '124'),
  12: row("the database's port accepts and closes", 'ends in time, without a busy loop', '74'),
  13: row('a read-only replica (25006)', 'the error names it', '78'),
  14: row('a wrong password, role or database name', 'the error names which one, and the fix', '78'),
  15: row('a schema of another version', 'newer: refused; older: `sync` migrates, `show` reports it', '78'),
  16: row('a table permission is missing (42501)', 'prints the GRANT, which is enough', '78'),
  17: row("the database's disk is full (53100)", 'kept', '74'),
  18: row('another sync is running', 'one line: which one, and since when', '75'),
  19: row('the lease of a run that died', 'taken over once it has expired', '0'),
  20: row('PgBouncer in transaction mode', 'works', '0'),
  21: row('too many connections (53300)', 'retried for some seconds', '74'),
  22: row('429 with Retry-After', 'waits that long, within the deadline', '0 or 3'),
  23: row('418: banned', 'no further requests until the ban ends, in later runs too', '3 or 69'),
  24: row('403 and 451', 'not retried; country, network or permission', '77'),
  25: row('5xx', 'retried with random backoff', '3 or 69'),
  26: row('200 with HTML, a cut body, nothing or `{}`', 'kept', '3 or 65'),
  27: row('a body that is slow or endless', "the program's own deadline and size limit end it", '3 or 69'),
  28: row('reset, DNS or TLS failure', 'the error names it', '3 or 69'),
  29: row('a clock that is off', "one retry with the exchange's time; the offset is reported", '0 or 77'),
  30: row(
    'a key that is wrong, expired or bound to another IP',
    'every possible cause of the code is listed',
    '77',
  ),
  31: row('one of several accounts fails', 'the others are stored', '3'),
  32: row('all holdings vanish', 'read twice, then kept, unless `--accept-empty` is given', '65'),
  33: row('a price is missing', 'unknown, never 0; the last known price is shown with its age', '0, warned'),
  34: row('NaN and Infinity', 'refused, kept', '65'),
  35: row('negative amounts, 50 digits', 'exact; negative where debt is possible, else refused', '0 or 65'),
  36: row(
    'NUL, escape sequences, bidi marks and SQL in names',
    'stored safely or refused, shown escaped',
    '0 or 65',
  ),
  37: row('duplicate or unordered trades', 'the same result', '0'),
  38: row('trades returned late', 'found by the overlap; no cursor passes an unread page', '0'),
  39: row('pagination that loops', 'reading stops, kept', '65'),
  40: row('a secret missing, blank, quoted or cut by `#`', 'names the variable, never the value', '78'),
  41: row('an unknown exchange', 'the nearest match', '78'),
  42: row('others can read `.env`', '`sync` warns, `check` is WARNING', '0'),
  43: row('the embedded database is in use', 'the error names the process', '75'),
  44: row(
    'the embedded database is damaged, not writable or of another version',
    'the error names the fix',
    '74 or 78',
  ),
  45: row('standard output is closed (`head`)', 'ends without a message', '0'),
  46: row('standard output is full', 'an error', '74'),
  47: row('daylight saving, odd time zones', 'everything is UTC', '0'),
  48: row('the metrics folder is not writable, the ping fails', 'a warning', 'unchanged'),
  49: row('one wallet fails', 'its last good value with its age, never 0', '3'),
} as const satisfies Readonly<Record<number, Row>>;

/** A number of the matrix, or area and number of a fault that was found. */
export type FaultId = keyof typeof MATRIX | FoundId;

const idOf = (key: string): FaultId => (key in FOUND ? key : Number.parseInt(key, 10)) as FaultId;

const byId = ([a]: readonly [string, Row], [b]: readonly [string, Row]) =>
  a.localeCompare(b, 'en', { numeric: true });

/** In the order of their ids, numbers first. */
export const ROWS: readonly (readonly [FaultId, Row])[] = Object.entries<Row>({ ...MATRIX, ...FOUND })
  .sort(byId)
  .map(([key, row]) => [idOf(key), row]);

/** `fault 17: the database's disk is full (53100): kept (74)` */
export function titleOf(id: FaultId): string {
  const { fault, behaviour, exits } = rowOf(id);
  return `fault ${id}: ${fault}: ${behaviour} (${exits})`;
}

function rowOf(id: FaultId): Row {
  const found = ROWS.find(([candidate]) => candidate === id);
  if (!found) throw new Error(`there is no fault ${id}`);
  return found[1];
}

/** The row that a test of this title proves. */
export function faultIn(title: string): FaultId | undefined {
  return ROWS.find(([id]) => title === titleOf(id))?.[0];
}
