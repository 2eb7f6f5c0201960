import { InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../config/duration.js';
import { NAMED_PERIODS, type Period } from '../models/results.js';
import { FIAT } from '../models/currencies.js';
import { type Subject, SUBJECTS } from '../models/check.js';

export const exchangeOption = (): Option =>
  new Option('-e, --exchange <account>', 'account such as binance or bybit/sub1 (repeatable)')
    .argParser((value: string, previous: string[]) => [...previous, notBlank(value)])
    .default([], 'every account that has a key');

export const formatOption = (formats: readonly string[], standard: string): Option =>
  new Option('-f, --format <format>', 'output format').choices(formats).default(standard);

export const jsonOption = (): Option =>
  new Option('--json', 'short for --format json').implies({ format: 'json' });

/** Its variable, which the reader of settings looks for, is set before the command runs. */
export const envFileOption = (): Option =>
  new Option('--env-file <path>', 'read settings only from this file').argParser(notBlank);

/** A shell makes an empty text of a variable that is not set: it must not be taken for every account. */
export function notBlank(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('It is blank: give a name, or omit the option.');
}

/** An option that takes a duration, its default shown as a person writes it. */
export const durationOption = (flags: string, description: string, standard: string): Option =>
  new Option(flags, description).argParser(duration).default(duration(standard), standard);

/** A check by its name, once or more often. */
export const subjectOption = (flags: string, description: string): Option =>
  new Option(flags, description)
    .argParser((value: string, previous: readonly Subject[]) => [...previous, subject(value)])
    .default([], 'none');

function subject(text: string): Subject {
  const found = SUBJECTS.find((name) => name === text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`Choose: ${SUBJECTS.join(', ')}.`);
}

/** Milliseconds of `45m`. */
export function duration(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  throw new InvalidArgumentError('Use a number with a unit: 90s, 45m, 12h or 30d.');
}

/** `7d`: the last seven UTC days, today among them; `year`: the last 365; `ytd`: since 1 January. */
export function period(text: string): Period {
  const [, days = ''] = /^(\d{1,5})d$/.exec(text) ?? [];
  const found =
    days === '' ? NAMED_PERIODS.get(text) : { kind: 'days' as const, days: Number.parseInt(days, 10) };
  if (found && !(found.kind === 'days' && found.days === 0)) return found;
  throw new InvalidArgumentError('Choose: today, a number of days such as 7d or 30d, ytd, year, all.');
}

/** A fiat currency, in capitals. */
export function currency(text: string): string {
  const code = text.toUpperCase();
  if (FIAT.has(code)) return code;
  throw new InvalidArgumentError(`Choose: ${[...FIAT].join(', ')}.`);
}

/** How many lines, at least one. */
export function lineCount(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number.parseInt(text, 10);
  throw new InvalidArgumentError('Use a whole number such as 100.');
}

/** Milliseconds since 1970 of `2024-01-31` or `2024-01-31T12:00:00Z`; UTC. */
export function pastDate(text: string): number {
  const shape = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z)?$/.test(text);
  const time = shape ? Date.parse(text) : NaN;
  const exact = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text.slice(0, 10));
  if (!exact) throw new InvalidArgumentError('Use a date such as 2024-01-31 or 2024-01-31T12:00:00Z (UTC).');
  if (time > Date.now()) throw new InvalidArgumentError('The date is in the future.');
  return time;
}

/** The text of a decimal number; it is parsed where it is used. */
export function amount(text: string): string {
  if (/^-?\d+(\.\d+)?$/.test(text)) return text;
  throw new InvalidArgumentError('Use an amount such as 10 or 0.5.');
}
