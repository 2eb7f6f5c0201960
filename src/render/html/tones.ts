import type { Decimal } from '../../models/decimal.js';
import { markup, NOTHING, type SafeHtml } from './markup.js';

/** A change in the colour of its sign, which stands there too; `0.00` has no colour. */
export function toned(value: Decimal | undefined, text: string): SafeHtml {
  if (value === undefined || value.toDecimalPlaces(2).isZero()) return markup`${text}`;
  return markup`<span class="${value.isNegative() ? 'loss' : 'gain'}">${text}</span>`;
}

/** What is said more quietly below a figure. */
export const below = (content: string | SafeHtml): SafeHtml => markup`<span class="below">${content}</span>`;

/** The same where something is missing. */
export const doubtful = (text: string): SafeHtml => markup`<span class="below doubt">${text}</span>`;

/** Sentences below what they are about. */
export const notesList = (notes: readonly string[]): SafeHtml =>
  notes.length === 0
    ? NOTHING
    : markup`<ul class="notes">
      ${notes.map((note) => markup`<li>${withTimes(note)}</li>`)}
    </ul>`;

const TIME = /(\d{4}-\d\d-\d\d(?: \d\d:\d\d)?)/;

/** A text whose times are not broken over two lines. */
export const withTimes = (text: string): readonly SafeHtml[] =>
  text.split(TIME).map((part, at) => (at % 2 === 1 ? markup`<time>${part}</time>` : markup`${part}`));
