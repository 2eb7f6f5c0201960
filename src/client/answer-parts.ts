import { msOf, RequestFailure, UnreadableRecord } from './answer.js';
import { type Fields, record, type Row } from './records.js';

/** The value at a path such as `result.list`; the empty path is the answer itself. */
function valueAt(answer: unknown, path: string): unknown {
  if (path === '') return answer;
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (value as Readonly<Record<string, unknown>> | null | undefined)?.[key],
      answer,
    );
}

/** A list; `{}` or a null result must never pass for an empty one. */
export function listAt(answer: unknown, path: string, what: string): readonly unknown[] {
  const value = valueAt(answer, path);
  if (Array.isArray(value)) return value;
  throw unusable(what, `${path || 'the answer'} is no list`);
}

export function textAt(answer: unknown, path: string, what: string): string {
  const value = valueAt(answer, path);
  if (typeof value === 'string') return value;
  throw unusable(what, `${path} is no text`);
}

/** Empty if it is absent. */
export const optionalTextAt = (answer: unknown, path: string, what: string): string =>
  valueAt(answer, path) === undefined ? '' : textAt(answer, path, what);

export function flagAt(answer: unknown, path: string, what: string): boolean {
  const value = valueAt(answer, path);
  if (typeof value === 'boolean') return value;
  throw unusable(what, `${path} is neither true nor false`);
}

/** A list of lists of texts, such as candles. */
const textRowsAt = (answer: unknown, path: string, what: string): readonly (readonly string[])[] =>
  listAt(answer, path, what).map((row) => {
    if (Array.isArray(row) && row.every((value) => typeof value === 'string')) return row;
    throw unusable(what, 'one of its rows is no list of texts');
  });

/** Candles as rows of texts: the start first, the close fifth. */
export const candlesAt = (
  answer: unknown,
  path: string,
): { readonly start: number; readonly close: string }[] =>
  textRowsAt(answer, path, 'candles').map((row) => ({
    start: msOf(row[0] ?? '', 'the time of a candle'),
    close: row[4] ?? '',
  }));

/** Reads the records at a path, all of which must be whole: one that is not makes the answer unusable. */
export function rowsAt<F extends Fields>(path: string, what: string, fields: F) {
  const read = record(what, fields);
  return (answer: unknown): readonly Row<F>[] =>
    listAt(answer, path, what).map((raw) => wholeIn(() => read(raw), what));
}

/** The same for one record. */
export function rowAt<F extends Fields>(path: string, what: string, fields: F) {
  const read = record(what, fields);
  return (answer: unknown): Row<F> => wholeIn(() => read(valueAt(answer, path)), what);
}

function wholeIn<T>(read: () => T, what: string): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UnreadableRecord ? unusable(what, error.message) : error;
  }
}

const unusable = (what: string, why: string): RequestFailure =>
  new RequestFailure(`invalid response for ${what}: ${why}`, { unusable: true });
