import type { Bar, Bars } from '../../page.js';
import { markup, NOTHING, type SafeHtml } from './markup.js';

/** Heights in pixels; the name is above its bar, so that both have room on a phone. */
const ROW = 42;
const BASELINE = 14;
const BAR = { top: 22, height: 10 } as const;
/** Percent of the width, so that a figure other than 0 is visible. */
const MIN_WIDTH = 0.5;

export const barChart = ({ id, title, bars, hasTracks = false, isChained = false }: Bars): SafeHtml =>
  markup`<svg class="bars" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-desc"
    width="100%" height="${bars.length * ROW}">
    <title id="${id}-title">${title}</title>
    <desc id="${id}-desc">${bars.map(({ name, text }) => `${name} ${text}`).join(', ')}</desc>
    ${isChained ? bars.slice(1).map((_, at) => link(bars[at]?.to ?? 0, at)) : NOTHING}
    ${bars.map((bar, at) => barRow(bar, at * ROW, hasTracks))}
  </svg>`;

function barRow(row: Bar, top: number, track: boolean): SafeHtml {
  const y = top + BASELINE;
  return markup`<text class="name" x="0" y="${y}">${row.name}</text>
    <text class="figure ${row.tone}" x="100%" y="${y}" text-anchor="end">${row.text}</text>
    ${track ? markup`<rect class="track" ${across(0, 100)} ${below(top)} />` : NOTHING}
    ${drawn(row, top)}`;
}

function drawn({ from, to, tone }: Bar, top: number): SafeHtml {
  if (tone === 'mark' || tone === 'none') {
    const [start, end] = [top + BAR.top - 2, top + BAR.top + BAR.height + 2];
    return markup`<line class="place ${tone}" x1="${to}%" x2="${to}%" y1="${start}" y2="${end}" />`;
  }
  return markup`<rect class="bar ${tone}" ${across(from, to)} ${below(top)} />`;
}

const across = (from: number, to: number): SafeHtml =>
  markup`x="${Math.min(from, to, 100 - MIN_WIDTH)}%" width="${inHundredths(Math.max(Math.abs(to - from), MIN_WIDTH))}%"`;
const below = (top: number): SafeHtml => markup`y="${top + BAR.top}" height="${BAR.height}" rx="2"`;
const inHundredths = (length: number): number => Math.round(length * 100) / 100;

/** From the end of a bar to the beginning of the next. */
function link(place: number, at: number): SafeHtml {
  const [start, end] = [at * ROW + BAR.top + BAR.height, (at + 1) * ROW + BAR.top];
  return markup`<line class="link" x1="${place}%" x2="${place}%" y1="${start}" y2="${end}" />`;
}
