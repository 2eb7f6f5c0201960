import { printable } from '../../escape.js';

/** A piece of a page. The class is not exported: nothing but `markup` makes one. */
class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

export type SafeHtml = Html;
type Content = string | number | SafeHtml | readonly SafeHtml[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * The one way to HTML: the template is taken as it is, its values are text, safe between
 * tags and in quoted attributes, unless it came out of `markup` itself. What is not visible is spelled out.
 */
export function markup(fixed: TemplateStringsArray, ...contents: readonly Content[]): SafeHtml {
  return new Html(fixed.reduce((text, part, at) => text + textOf(contents[at - 1] ?? '') + part));
}

export const NOTHING: SafeHtml = markup``;

function textOf(content: Content): string {
  if (content instanceof Html) return content.toString();
  return typeof content === 'object' ? content.map(textOf).join('') : escaped(String(content));
}

const escaped = (text: string): string =>
  printable(text).replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
