import stringWidth from 'string-width';

/** Every character of these takes one column; the library's search for emoji takes most of a large table's time. */
const PLAIN = /^[ -~\u00a0·—•…▁-▏]*$/;

/** Columns that a text takes on a terminal, without its colours. */
export const displayWidth = (text: string): number => (PLAIN.test(text) ? text.length : stringWidth(text));

/** Spaces make the text `width` columns wide; a longer one stays as it is. */
export function padded(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(width - displayWidth(text), 0));
  return align === 'left' ? text + space : space + text;
}

/** Side by side if there is room, else each part in lines of its own. */
export function fitted(parts: readonly string[], width: number): readonly string[] {
  const line = parts.join('  ');
  return displayWidth(line) <= width ? [line] : parts.flatMap((part) => wrapped(part, width));
}

/** A text beside its lead, wrapped at `width` with its further lines below one another. */
export function hanging(lead: string, text: string, width: number): string {
  const indent = displayWidth(lead);
  return lead + wrapped(text, width - indent).join(`\n${' '.repeat(indent)}`);
}

/** A line behind an indent, its further lines below its own number or dash, if it begins with one. */
export function hangingStep(indent: string, line: string, width: number): string {
  const [lead = ''] = /^ *(?:\d+\.|-)? */.exec(line) ?? [];
  return hanging(indent + lead, line.slice(lead.length), width);
}

/** Lines of whole words; one longer than the line stays whole, as a path or a command to copy has to. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[][] = [];
  // Kept, as measuring a long line again at each word takes the square of its length.
  let taken = 0;
  for (const word of text.split(' ')) {
    const own = displayWidth(word);
    const line = lines.at(-1);
    if (line && taken + 1 + own <= width) {
      line.push(word);
      taken += 1 + own;
    } else {
      lines.push([word]);
      taken = own;
    }
  }
  return lines.map((words) => words.join(' '));
}
