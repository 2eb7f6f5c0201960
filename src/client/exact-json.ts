import type { Redact } from '../redaction.js';
import { storableText } from '../models/text.js';

/** Strings, numbers and brackets; a string that does not end reaches to the end, or each quote in it were tried. */
const TOKEN = /"[^"\\]*(?:\\[^][^"\\]*)*"?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[[{]|[\]}]/y;
/** What no token begins with; a minus without digits is no token either. */
const BETWEEN = /[^"[\]{}\d-]*/y;
/** Far deeper than any answer of an exchange: what nests without end can be neither stored nor printed. */
const DEEPEST = 64;

/** Containers, strings and numbers in one text. */
const DEFAULT_MAX_VALUES = 250_000;

export interface ParseOptions {
  /** Objects, arrays, strings and numbers; more are refused before any of them takes memory. */
  readonly maxValues?: number;
  /** Applied to strings that hold escapes; what is written plainly is masked in the text itself. */
  readonly mask?: Redact;
}

/**
 * JSON with every number as the text that was sent, so that no digit passes through a float, and every text
 * as PostgreSQL can store it: it takes neither NUL nor half a surrogate pair. Throws SyntaxError.
 */
export function parseExactJson(text: string, options: ParseOptions = {}): unknown {
  const { maxValues = DEFAULT_MAX_VALUES, mask = (value: string) => value } = options;
  const parts: string[] = [];
  let copied = 0;
  let depth = 0;
  let values = 0;
  const replace = (from: number, to: number, replacement: string) => {
    parts.push(text.slice(copied, from), replacement);
    copied = to;
  };
  // `test` makes no match object, of which a long answer has a hundred thousand.
  for (let end = 0; ;) {
    BETWEEN.lastIndex = end;
    BETWEEN.test(text);
    const from = BETWEEN.lastIndex;
    if (from === text.length) break;
    TOKEN.lastIndex = from;
    const isToken = TOKEN.test(text);
    end = isToken ? TOKEN.lastIndex : from + 1;
    if (!isToken) continue;
    const first = text.charAt(from);
    if (first === ']' || first === '}') {
      depth -= 1;
      continue;
    }
    values += 1;
    if (values > maxValues) throw new SyntaxError(`more than ${maxValues} values`);
    if (first === '[' || first === '{') {
      depth += 1;
      if (depth > DEEPEST) throw new SyntaxError(`nested deeper than ${DEEPEST}`);
    } else if (first !== '"') {
      replace(from, end, `"${text.slice(from, end)}"`);
    } else if (text.slice(from, end).includes('\\')) {
      replace(from, end, storable(text.slice(from, end), mask));
    }
  }
  parts.push(text.slice(copied));
  return JSON.parse(parts.join(''));
}

const storable = (token: string, mask: Redact): string =>
  JSON.stringify(storableText(mask(JSON.parse(token) as string)));

export interface ParseOnce {
  readonly parse: (text: string, maxValues?: number) => unknown;
  /** Frees an answer that the second reader will not ask for. */
  readonly forget: () => void;
}

/**
 * Parses a text once for two readers that ask one after the other, as the transport and ccxt do: the
 * markets of an exchange are megabytes.
 */
export function parseOnceForTwo(mask?: ParseOptions['mask']): ParseOnce {
  let last: { readonly text: string; readonly value: unknown } | undefined;
  return {
    parse: (text, maxValues) => {
      const value =
        last?.text === text
          ? last.value
          : parseExactJson(text, { ...(mask && { mask }), ...(maxValues !== undefined && { maxValues }) });
      last = last?.text === text ? undefined : { text, value };
      return value;
    },
    forget: () => {
      last = undefined;
    },
  };
}
