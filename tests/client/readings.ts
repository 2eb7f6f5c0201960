import { createHash } from 'node:crypto';
import { RequestFailure, UnreadableRecord } from '../../src/client/answer.js';
import { parseExactJson } from '../../src/client/exact-json.js';
import { ExpectedError } from '../../src/errors.js';
import { changed, type Way, waysIn } from './mutations.js';
import { BINANCE_ANSWERS, BYBIT_ANSWERS, type RecordedAnswer } from './recorded.js';
import type { EventDraft } from '../../src/client/event-readers.js';

/** What the readers make of every recorded answer, and of the same with one value changed. */
export type Readings = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Values that no exchange should send, as JSON; `undefined` removes the value. */
const ODD_VALUES: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  [],
  {},
  ...['', '0', '1', '-1', '-0', '1.5', 'NaN', '1e9999', '1e-400', '999999999999999', '1700000000'],
  ...['constructor', '__proto__', 'A\nB', 'x'.repeat(400), 'USDT', 'SUCCESS', 'Sell', '2024-01-31 12:00:00'],
];
const RECORDS_OF_A_LIST = 2;

/** Digests by answer and by the place that was changed; the empty place is the answer as it was recorded. */
export function currentReadings(): Readings {
  const cases = [...BYBIT_ANSWERS, ...BINANCE_ANSWERS];
  return Object.fromEntries(cases.map((recorded, at) => [`${at} ${recorded.name}`, digestsOf(recorded)]));
}

export function digestsOf(recorded: RecordedAnswer, digestOf = digest): Readonly<Record<string, string>> {
  const body = shortened(recorded.body);
  const ways = waysIn(body).filter(({ length }) => length > 0);
  return Object.fromEntries([
    ['', digestOf(outcomeOf(recorded, recorded.body))],
    ...ways.map((way) => [way.join('.'), digestOf(outcomesAt(recorded, body, way))]),
  ]) as Readonly<Record<string, string>>;
}

const outcomesAt = (recorded: RecordedAnswer, body: unknown, way: Way): string =>
  ODD_VALUES.map((odd) =>
    outcomeOf(
      recorded,
      changed(body, way, () => odd),
    ),
  ).join('\n');

/** As text: what was read, or the kind of the refusal; messages are free to change. */
export function outcomeOf({ readings }: RecordedAnswer, body: unknown): string {
  try {
    return JSON.stringify(readings(parseExactJson(JSON.stringify(body))), plain);
  } catch (error) {
    if (error instanceof UnreadableRecord) return `unreadable ${error.flaw}`;
    if (error instanceof ExpectedError) return error.kind;
    if (error instanceof RequestFailure) return 'no usable answer';
    throw error;
  }
}

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Map || value instanceof Set) return [...(value as Iterable<unknown>)];
  if (typeof value !== 'object' || value === null) return value;
  // Why a record was not read is a message; its hash stands for the record itself.
  if ('hash' in value && 'time' in value) return [value.hash, value.time];
  return 'legs' in value ? summaryOf(value as EventDraft) : value;
}

/** An event in a fixed order, without the record that it was read from. */
const summaryOf = (event: EventDraft): readonly unknown[] => [
  ...[event.type, event.status, event.id, event.time, event.market ?? ''],
  ...event.legs.map(({ asset, amount, role }) => `${role} ${amount.toString()} ${asset}`),
  event.price?.toString() ?? '',
  ...[event.reason, event.orderId, event.txid, event.network].map((text) => text ?? ''),
];

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

function shortened(body: unknown): unknown {
  if (Array.isArray(body)) {
    return body.map(shortened).slice(0, typeof body[0] === 'object' ? RECORDS_OF_A_LIST : Infinity);
  }
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([key, child]) => [key, shortened(child)]));
}
