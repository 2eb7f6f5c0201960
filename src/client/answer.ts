import { ExpectedError } from '../errors.js';
import { LAST_MS } from '../models/day.js';
import { type Decimal, parseDecimal } from '../models/decimal.js';
import { cutText } from '../models/text.js';

/** Stands for the exchange's code where an answer is not in its form at all. */
export const NO_ENVELOPE = 'no-envelope';

/**
 * A request that did not bring a usable answer. `code` is the exchange's own, `status` HTTP's; its
 * message never holds the address, for that carries the signature.
 */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  readonly status: number | undefined;
  readonly code: string | undefined;
  /** How long the exchange asked to wait. */
  readonly waitMs: number | undefined;
  /** End of an IP ban, epoch ms by the clock of the exchange; undefined if this address is not banned. */
  readonly bannedUntil: number | undefined;
  /** What the exchange calls a success is no answer of its: figures must not come of it. */
  readonly unusable: boolean;
  /** No connection, or no answer over it. */
  readonly unreachable: boolean;
  /** What to do on this machine, if trying again cannot help. */
  readonly remedy: string | undefined;

  constructor(
    message: string,
    details: {
      status?: number;
      code?: string;
      waitMs?: number | undefined;
      bannedUntil?: number | undefined;
      unusable?: boolean;
      unreachable?: boolean;
      remedy?: string | undefined;
    } = {},
  ) {
    super(bounded(message));
    this.status = details.status;
    this.code = details.code;
    this.waitMs = details.waitMs;
    this.bannedUntil = details.bannedUntil;
    this.unusable = details.unusable ?? false;
    this.unreachable = details.unreachable ?? false;
    this.remedy = details.remedy;
  }
}

/**
 * One record that cannot be interpreted: a pair whose coins are not known, or a field that is missing or holds
 * a word that is not known. Where a number is impossible the error is a plain one.
 */
export class UnreadableRecord extends ExpectedError {
  readonly flaw: 'pair' | 'shape';

  constructor(flaw: UnreadableRecord['flaw'], message: string) {
    super('guard', bounded(message), {
      fix: 'Update exchange-sync; if it stays so, report it with the log.',
    });
    this.flaw = flaw;
  }
}

/** Far more than any coin has; with a million of them a number takes minutes, and no database stores it. */
const MAX_DIGITS = 1_000;

/** An amount of an answer; throws 'guard' on anything that is not a number, or is beyond all measure. */
export function amountOf(text: string, what: string): Decimal {
  const amount = measuredAmount(text);
  if (amount) return amount;
  throw refused(`the exchange sent ${shown(text)} as ${what}`);
}

/** The number in a text; undefined if there is none, or one beyond all measure. */
export function measuredAmount(text: string): Decimal | undefined {
  const amount = text.length > MAX_DIGITS ? undefined : decimalIn(text);
  return amount && amount.scale <= MAX_DIGITS && amount.magnitude <= MAX_DIGITS ? amount : undefined;
}

function decimalIn(text: string): Decimal | undefined {
  try {
    return parseDecimal(text);
  } catch {
    return undefined;
  }
}

/** An amount that has no sign: what was moved, or what it was worth. */
export function unsignedOf(text: string, what: string): Decimal {
  const amount = amountOf(text, what);
  if (amount.isNegative() && !amount.isZero()) throw refused(`the exchange sent ${shown(text)} as ${what}`);
  return amount;
}

/** An amount without which there would be no record. */
export function positiveOf(text: string, what: string): Decimal {
  const amount = unsignedOf(text, what);
  if (amount.isZero()) throw refused(`the exchange sent ${shown(text)} as ${what}`);
  return amount;
}

/** A whole number such as an id or the number of a page. */
export function wholeOf(text: string, what: string): number {
  if (/^\d{1,15}$/.test(text)) return Number.parseInt(text, 10);
  throw refused(`the exchange sent ${shown(text)} as ${what}`);
}

/** A time in ms since 1970. */
export function msOf(text: string, what: string): number {
  const time = wholeOf(text, what);
  if (time <= LAST_MS) return time;
  throw refused(`the exchange sent ${shown(text)} as ${what}`);
}

/** A moment of UTC as `2024-01-31 12:00:00`. */
export function utcOf(text: string, what: string): number {
  const time = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? Date.parse(`${text.replace(' ', 'T')}Z`) : NaN;
  if (time >= 0) return time;
  throw refused(`the exchange sent ${shown(text)} as ${what}`);
}

/** What a word of the exchange means, by a table; `constructor` and its like are in none. */
export const meaningOf = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;

/** The beginning of a foreign text, for a message. */
export const shown = (text: string): string => JSON.stringify(text.slice(0, 60));

const MAX_MESSAGE = 300;

/** One line without control characters: a second one could be taken for ours, such as one that names a fix. */
const bounded = (message: string): string =>
  cutText(message.replaceAll(/\s*[\r\n]\s*/g, ' ').replaceAll(/\p{Cc}/gu, ' '), MAX_MESSAGE);

/** An answer that nothing can be made of. */
export const refused = (message: string): ExpectedError =>
  new ExpectedError('guard', bounded(message), {
    fix: 'Nothing was stored. Try again later; if it stays so, report it with the log.',
  });
