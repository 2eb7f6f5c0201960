import { createHash } from 'node:crypto';
import { ExpectedError } from '../errors.js';
import { LAST_MS } from '../models/day.js';
import type { UnreadRecord } from '../models/unread-record.js';
import { UnreadableRecord } from './answer.js';
import type { EventDraft, Reading } from './event-readers.js';
import { namedEvents } from './names.js';

export interface RecordsRead {
  readonly events: readonly EventDraft[];
  readonly unread: readonly UnreadRecord[];
  /** The time in ms of the oldest record that is still in process. */
  readonly openSince: number | undefined;
}

/**
 * The events of the records of one page. A record that cannot be interpreted is kept as it is. Throws 'guard'
 * if it is the answer that is wrong and not a record: see README.md of this folder for where the line is.
 */
export function readRecords(
  records: readonly unknown[],
  what: string,
  read: (record: unknown) => Reading,
): RecordsRead {
  const { failures, ...found } = sortRecords(records, what, read);
  const isWholePage = failures.length > 0 && failures.length === records.length;
  if (isWholePage) refuseWrongAnswer(failures);
  return found;
}

/** The same for records that were kept; those that still cannot be interpreted stay unread, however many. */
export function readAgain(
  records: readonly unknown[],
  what: string,
  read: (record: unknown) => Reading,
): RecordsRead {
  const { events, unread, openSince } = sortRecords(records, what, read);
  return { events, unread, openSince };
}

function sortRecords(records: readonly unknown[], what: string, read: (record: unknown) => Reading) {
  const events: EventDraft[] = [];
  const unread: UnreadRecord[] = [];
  const failures: ExpectedError[] = [];
  let openSince: number | undefined;
  for (const record of records) {
    try {
      const reading = read(record);
      const found = 'openSince' in reading ? reading.events : reading;
      for (const event of namedEvents(found, what)) events.push(event);
      if ('openSince' in reading) openSince = Math.min(openSince ?? Infinity, reading.openSince);
    } catch (error) {
      if (!(error instanceof ExpectedError) || error.kind !== 'guard') throw error;
      failures.push(error);
      unread.push(unreadRecord(record, error.message));
    }
  }
  return { events, unread, openSince, failures };
}

/** Of a page on which nothing can be read. */
function refuseWrongAnswer(failures: readonly ExpectedError[]): void {
  const flaws = failures.map((failure) => (failure instanceof UnreadableRecord ? failure.flaw : 'value'));
  const isWrong = (at: number) => flaws[at] === 'value' || (flaws[at] === 'shape' && failures.length > 1);
  const wrong = failures.find((_, at) => isWrong(at));
  if (wrong) throw wrong;
}

const unreadRecord = (raw: unknown, reason: string): UnreadRecord => ({
  hash: createHash('sha256').update(JSON.stringify(raw)).digest('hex'),
  time: timeIn(raw),
  reason,
  raw,
});

const TIME_FIELD = /time$|^createdAt$|^successAt$/i;

/** The first field of a record that is a time in ms since 1970. */
export function timeIn(record: unknown): number | undefined {
  if (typeof record !== 'object' || record === null) return undefined;
  for (const [name, value] of Object.entries(record)) {
    if (!TIME_FIELD.test(name) || typeof value !== 'string' || !/^\d{12,15}$/.test(value)) continue;
    const time = Number.parseInt(value, 10);
    if (time <= LAST_MS) return time;
  }
  return undefined;
}
