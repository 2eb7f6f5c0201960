import { objectsIn, parsed, type Row } from './sent.js';

/** A record as the exchange sent it, with the id that it is stored under. */
export interface RawRow {
  readonly raw: Row;
  readonly id: string;
}

/** Those whose record is in none of the answers. */
export function rowsNotIn(rows: readonly RawRow[], answers: readonly string[]): RawRow[] {
  const records = answers.flatMap((body) => parsed(body).flatMap(objectsIn));
  return rows.filter(({ raw }) => !records.some((record) => isWithin(record, raw)));
}

/** What we do without sets a field that was not sent; of what was swept together a row has its own part. */
const isWithin = (record: Row, raw: Row): boolean =>
  Object.keys(record).length > 2 &&
  Object.entries(record).every(([key, value]) => {
    const own = raw[key];
    if (Array.isArray(value) && Array.isArray(own))
      return own.every((part) => value.some((one) => same(one, part)));
    return same(value, own);
  });

const same = (a: unknown, b: unknown): boolean => textOf(a) === textOf(b);

/** Of equal trees the same, whatever the order of their keys; as PostgreSQL can store it. */
const textOf = (tree: unknown): string =>
  JSON.stringify(tree, (_key, part: unknown) => {
    if (typeof part === 'string') return part.replace(/[\0\p{Surrogate}]/gu, '\uFFFD');
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
