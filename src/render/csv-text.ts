import { toText, type Decimal } from '../models/decimal.js';
import { rounded } from '../models/rounded.js';
import { printable } from './escape.js';

/** Lines of RFC 4180, of fields that are safe already. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.join(',')}\r\n`).join('');

export interface CsvOptions {
  readonly currency: string;
  /** Every digit instead of figures rounded for people. */
  readonly exact: boolean;
}

/** An amount as plain digits, empty where it is not known. */
export const amountField = (value: Decimal | undefined, { exact }: Pick<CsvOptions, 'exact'>): string =>
  value === undefined ? '' : toText(exact ? value : rounded(value));

/** A foreign name: what is not visible is escaped, and what a spreadsheet would take for a formula quoted. */
export function nameField(text: string): string {
  const visible = printable(text);
  // The wide forms count as the narrow ones in some spreadsheets; spaces before a sign are skipped.
  const safe = /^\s*[=+\-@＝＋－＠]/.test(visible) ? `'${visible}` : visible;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
