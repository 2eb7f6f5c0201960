import type { Decimal } from '../models/decimal.js';
import {
  amountOf,
  meaningOf,
  msOf,
  positiveOf,
  shown,
  UnreadableRecord,
  unsignedOf,
  utcOf,
  wholeOf,
} from './answer.js';

/** One field of a record: its key, what its value may look like, and how it is parsed. */
export interface Field<T> {
  readonly key: string;
  readonly accepts: (value: unknown) => boolean;
  /** Throws 'guard' on a text that cannot mean anything; `what` names the field in the message. */
  readonly parse: (value: unknown, what: string) => T;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** The fields as values, each parsed when it is used: a record in process may lack what a final one has. */
export type Row<F extends Fields> = {
  readonly [Name in keyof F]: F[Name] extends Field<infer T> ? T : never;
} & { readonly raw: object };

const isText = (value: unknown): value is string => typeof value === 'string';
const isAbsent = (value: unknown): value is undefined => value === undefined;
const areTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const asText = (value: unknown): string => (isText(value) ? value : '');

export const text = (key: string): Field<string> => ({ key, accepts: isText, parse: asText });

/** A text that is not empty. */
export const id = (key: string): Field<string> => ({
  ...text(key),
  accepts: (value) => isText(value) && value !== '',
});

/** Undefined if it is empty or absent. */
export const optional = (key: string): Field<string | undefined> => ({
  key,
  accepts: (value) => isAbsent(value) || isText(value),
  parse: (value) => asText(value) || undefined,
});

/** The same, or null. */
export const nullable = (key: string): Field<string | undefined> => ({
  ...optional(key),
  accepts: (value) => value === null || isAbsent(value) || isText(value),
});

export const flag = (key: string): Field<boolean> => ({
  key,
  accepts: (value) => typeof value === 'boolean',
  parse: (value) => value === true,
});

/** Undefined if it is absent. */
export const optionalFlag = (key: string): Field<boolean | undefined> => ({
  key,
  accepts: (value) => isAbsent(value) || typeof value === 'boolean',
  parse: (value) => (isAbsent(value) ? undefined : value === true),
});

/** A list of texts. */
export const texts = (key: string): Field<readonly string[]> => ({
  key,
  accepts: areTexts,
  parse: (value) => value as readonly string[],
});

/** Lists of texts by name. */
export const textLists = (key: string): Field<Readonly<Record<string, readonly string[]>>> => ({
  key,
  accepts: (value) => typeof value === 'object' && value !== null && Object.values(value).every(areTexts),
  parse: (value) => value as Readonly<Record<string, readonly string[]>>,
});

const parsed =
  <T>(parse: (text: string, what: string) => T) =>
  (key: string): Field<T> => ({ key, accepts: isText, parse: (value, what) => parse(asText(value), what) });

/** A number of either sign, one that has none, and one that is above zero. */
export const amount = parsed(amountOf);
export const unsigned = parsed(unsignedOf);
export const positive = parsed(positiveOf);

/** Epoch ms; as a time of day in UTC; as seconds. */
export const ms = parsed(msOf);
export const utc = parsed(utcOf);
export const seconds = (key: string): Field<number> => ({
  key,
  accepts: (value) => isText(value) && /^\d{10}$/.test(value),
  parse: (value, what) => msOf(`${asText(value)}000`, what),
});

/** A number that identifies a record. */
export const whole = parsed((value, what) => String(wholeOf(value, what)));

/** An empty text counts as zero. */
export const emptyIsZero = (field: Field<Decimal>): Field<Decimal> => ({
  ...field,
  parse: (value, what) => field.parse(value || '0', what),
});

/** An empty or absent text counts as zero. */
export const absentIsZero = (field: Field<Decimal>): Field<Decimal> => ({
  ...emptyIsZero(field),
  accepts: (value) => isAbsent(value) || field.accepts(value),
});

/** Undefined if it is empty or absent. */
export const optionalAmount = (key: string): Field<Decimal | undefined> => ({
  ...optional(key),
  parse: (value, what) => (value ? amountOf(asText(value), what) : undefined),
});

/** The meaning of the exchange's word by a table. A word that is not in it means `other`; without one it is not accepted. */
export const choice = <T>(key: string, table: Readonly<Record<string, T>>, other?: T): Field<T> => ({
  key,
  accepts: (value) => isText(value) && (other !== undefined || meaningOf(table, value) !== undefined),
  parse: (value) => (meaningOf(table, asText(value)) ?? other) as T,
});

/** Records within a record. */
export const list = <F extends Fields>(key: string, fields: F): Field<readonly Row<F>[]> => ({
  key,
  accepts: (value) => Array.isArray(value) && value.every((one) => flawIn(one, fields) === undefined),
  parse: (value, what) => (value as readonly unknown[]).map(record(what, fields)),
});

/**
 * Reads records by a declaration, whose first field identifies them in messages. Throws an UnreadableRecord if
 * a field is missing or holds something of another kind.
 */
export function record<F extends Fields>(what: string, fields: F): (raw: unknown) => Row<F> {
  const prototype = Object.defineProperties({}, gettersOf(what, fields));
  return (raw) => {
    const flaw = flawIn(raw, fields);
    if (flaw !== undefined) {
      throw new UnreadableRecord('shape', `the exchange sent an invalid record of ${what} (${flaw})`);
    }
    return Object.assign(Object.create(prototype) as object, { raw }) as unknown as Row<F>;
  };
}

function flawIn(raw: unknown, fields: Fields): string | undefined {
  if (typeof raw !== 'object' || raw === null) return 'it has no fields';
  const values = raw as Readonly<Record<string, unknown>>;
  const wrong = Object.values(fields).find(({ key, accepts }) => !accepts(values[key]));
  return wrong && `${wrong.key}: ${wrongWith(values[wrong.key])}`;
}

function wrongWith(value: unknown): string {
  if (isAbsent(value)) return 'missing';
  return isText(value) ? `${shown(value)} is not accepted` : 'not of the expected type';
}

function gettersOf(what: string, fields: Fields): PropertyDescriptorMap {
  const [first] = Object.values(fields);
  return Object.fromEntries(
    Object.entries(fields).map(([name, { key, parse }]) => {
      function get(this: { readonly raw: Readonly<Record<string, unknown>> }): unknown {
        return parse(this.raw[key], `${key} of ${what} (${asText(this.raw[first?.key ?? '']).slice(0, 60)})`);
      }
      return [name, { get }];
    }),
  );
}
