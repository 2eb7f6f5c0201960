import { toText } from '../../models/decimal.js';
import { rounded } from '../../models/rounded.js';
import type { Document, Field } from '../document.js';
import { printable } from '../escape.js';

/** RFC 4180: one line a record; a value that is not known is an empty field. `exact` keeps every digit of an amount. */
export function renderCsv({ records }: Document, { exact }: { readonly exact: boolean }): string {
  const { keys, rows } = records();
  const lines = [keys, ...rows.map((row) => row.map((field) => fieldText(field, exact)))];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

function fieldText(field: Field, exact: boolean): string {
  if (field === undefined) return '';
  if (typeof field === 'string') return safeText(field);
  return typeof field === 'boolean' ? String(field) : toText(exact ? field : rounded(field));
}

/** Invisible characters are escaped, and a text that a spreadsheet would take for a formula gets an apostrophe. */
export function safeText(text: string): string {
  const visible = printable(text);
  // The wide forms count as the narrow ones in some spreadsheets; spaces before a sign are skipped.
  const safe = /^\s*[=+\-@＝＋－＠]/.test(visible) ? `'${visible}` : visible;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
