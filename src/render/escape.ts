/**
 * What foreign text could steer a terminal or a reader's eye with: controls (C0, DEL, C1), format
 * characters (bidi marks, zero-width, byte-order mark), line and paragraph separators, lone surrogates.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text from outside, made safe for a terminal: what is not visible is shown as `\u{1b}`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${codeOf(character)}}`);
}

/** The same for text of several lines, whose line feeds stay; the lines after the first are indented. */
export function printableLines(text: string, indent = ''): string {
  return text.trimEnd().split('\n').map(printable).join(`\n${indent}`);
}

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16);
}

const MAX_LISTED = 12;

/** Foreign names or texts as a list, at most as long as a person reads. */
export function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, MAX_LISTED).map(printable).join(', ');
  return texts.length > MAX_LISTED ? `${shown} and ${texts.length - MAX_LISTED} more` : shown;
}
