import { type Block, cellOf, type Document, type Lines, type Section } from './document.js';

/** A document arranged for a browser: parts with a heading each. */
export interface Page {
  readonly title: string;
  readonly heading: string;
  /** Beside the heading, before the time. */
  readonly about: string;
  /** ms since 1970 */
  readonly now: number;
  /** Parts in a row are printed side by side if there is room. */
  readonly rows: readonly (readonly Part[])[];
}

export interface Part {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string | undefined;
  readonly blocks: readonly PageBlock[];
  /** Each with a heading of its own. */
  readonly sections: readonly Section[];
}

/** Blocks for a browser only. */
export type PageBlock = Block | Sum | Bars | Missing;

/** The one figure that the page is about. */
export interface Sum {
  readonly kind: 'sum';
  readonly text: string;
  readonly currency: string;
}

/** Bars one below the other, each with its name and its figure. */
export interface Bars {
  readonly kind: 'bars';
  readonly id: string;
  readonly title: string;
  readonly bars: readonly Bar[];
  /** Whether the whole width is drawn behind every bar. */
  readonly hasTracks?: boolean;
  /** Whether each bar begins where the one before ends. */
  readonly isChained?: boolean;
}

export interface Bar {
  readonly name: string;
  readonly text: string;
  /** Percent of the width. */
  readonly from: number;
  readonly to: number;
  /** `mark` is a place instead of a bar. */
  readonly tone: 'share' | 'gain' | 'loss' | 'doubt' | 'none' | 'mark';
}

/** Why a part has no content, and how to get it. */
export interface Missing {
  readonly kind: 'missing';
  readonly text: string;
}

/** Any document as a page: a part for each of its sections. */
export const pageOf = ({ title, about, now, sections }: Document): Page => ({
  title,
  heading: title,
  about,
  now,
  rows: sections.map((section, at) => [partOf(section, `part-${at + 1}`)]),
});

function partOf({ name, meta, intro, blocks }: Section, id: string): Part {
  const text = meta.map((part) => cellOf(part).text).join(', ');
  const lines: Lines = { kind: 'lines', lines: [{ text, style: 'quiet' }] };
  return { id, title: name, blocks: [...(text === '' ? [] : [lines]), ...intro, ...blocks], sections: [] };
}
