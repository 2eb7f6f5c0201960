import { markup, NOTHING, type SafeHtml } from './markup.js';

/** A bar from one hundredth of the width to another, with its name and its figure above it. */
export interface BarRow {
  readonly name: string;
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** `mark`: a place rather than a bar. */
  readonly tone: 'share' | 'gain' | 'loss' | 'doubt' | 'none' | 'mark';
}

export interface BarFrame {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Whether the whole width stands behind every bar. */
  readonly tracks?: boolean;
  /** Whether each bar begins where the one before ends. */
  readonly chained?: boolean;
}

/** Heights in pixels; the name stands above its bar, so that both have room on a phone. */
const ROW = 42;
const BASELINE = 14;
const BAR = { top: 22, height: 10 } as const;
/** What is not 0 is seen. */
const THINNEST = 0.5;

/** Bars one below the other. */
export function barRows(
  rows: readonly BarRow[],
  { id, title, description, tracks, chained }: BarFrame,
): SafeHtml {
  return markup`<svg class="bars" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-desc"
    width="100%" height="${rows.length * ROW}">
    <title id="${id}-title">${title}</title>
    <desc id="${id}-desc">${description}</desc>
    ${chained ? rows.slice(1).map((_, at) => link(rows[at]?.to ?? 0, at)) : NOTHING}
    ${rows.map((row, at) => barRow(row, at * ROW, tracks ?? false))}
  </svg>`;
}

function barRow(row: BarRow, top: number, track: boolean): SafeHtml {
  const y = top + BASELINE;
  return markup`<text class="name" x="0" y="${y}">${row.name}</text>
    <text class="figure ${row.tone}" x="100%" y="${y}" text-anchor="end">${row.text}</text>
    ${track ? markup`<rect class="track" ${across(0, 100)} ${below(top)} />` : NOTHING}
    ${drawn(row, top)}`;
}

function drawn({ from, to, tone }: BarRow, top: number): SafeHtml {
  if (tone === 'mark' || tone === 'none') {
    const [start, end] = [top + BAR.top - 2, top + BAR.top + BAR.height + 2];
    return markup`<line class="place ${tone}" x1="${to}%" x2="${to}%" y1="${start}" y2="${end}" />`;
  }
  return markup`<rect class="bar ${tone}" ${across(from, to)} ${below(top)} />`;
}

const across = (from: number, to: number): SafeHtml =>
  markup`x="${Math.min(from, to, 100 - THINNEST)}%" width="${hundredths(Math.max(Math.abs(to - from), THINNEST))}%"`;
const below = (top: number): SafeHtml => markup`y="${top + BAR.top}" height="${BAR.height}" rx="2"`;
const hundredths = (length: number): number => Math.round(length * 100) / 100;

/** From the end of a bar to the beginning of the next. */
function link(place: number, at: number): SafeHtml {
  const [start, end] = [at * ROW + BAR.top + BAR.height, (at + 1) * ROW + BAR.top];
  return markup`<line class="link" x1="${place}%" x2="${place}%" y1="${start}" y2="${end}" />`;
}
