import type { Decimal } from '../../../models/decimal.js';
import type { Chart, ChartPoint } from '../../document.js';

import { type Extent, extentOf, placeOf, ticksOf } from '../../scale.js';
import { axisTime } from '../../moments.js';
import { markup, NOTHING, type SafeHtml } from './markup.js';

type Gap = Chart['gaps'][number];

/** Heights in pixels; widths are percentages of the drawing, so that its text keeps its size on a phone. */
const TOP = 12;
const HEIGHT = 200;
const BOTTOM = TOP + HEIGHT;
/** Of a label at the side. */
const DIGIT = 7.5;
/** What is drawn at the last time is seen whole. */
const EDGE = 6;
/** Up to this number every snapshot is marked, as the values between two are interpolated. */
const MAX_MARKED = 20;

interface Spot {
  /** Percent of the width and of the height. */
  readonly x: number;
  readonly y: number;
  readonly mark: ChartPoint['mark'];
}

/** Whether each snapshot is marked. */
export const areMarked = (points: readonly ChartPoint[]): boolean =>
  points.filter(({ mark }) => mark !== 'beside').length <= MAX_MARKED;

/** A line over time with the field below it; it is broken where points are not joined, and hatched over gaps. */
export function valueChart(
  { points, gaps, label }: Pick<Chart, 'points' | 'gaps' | 'label'>,
  summary: string,
): SafeHtml {
  const { ticks, step } = ticksOf(extentOf(points.map(({ value }) => value)));
  const scale = extentOf(ticks);
  const labels = ticks.map((tick) => label(tick, step));
  const margin = Math.ceil(Math.max(...labels.map((text) => text.length)) * DIGIT) + 10;
  const span = { from: points[0]?.time ?? 0, to: points.at(-1)?.time ?? 0 };
  const spots = points.map(({ time, value, mark }) => ({ x: across(time, span), y: up(value, scale), mark }));
  const line = spots.filter(({ mark }) => mark !== 'beside');
  return markup`<svg class="chart" role="img" aria-labelledby="value-title" aria-describedby="value-desc"
    width="100%" height="${BOTTOM + 28}" style="padding:0 ${EDGE}px 0 ${margin}px">
    <title id="value-title">The value over time, as a line</title>
    <desc id="value-desc">${summary}</desc>
    ${HATCH}
    ${ticks.map((tick, at) => tickLine(up(tick, scale), labels[at] ?? '', at === 0))}
    ${gaps.map((gap) => hatched(gap, span))}
    <svg y="${TOP}" width="100%" height="${HEIGHT}" viewBox="0 0 100 100" preserveAspectRatio="none">
      ${runsOf(line).map(runPaths)}
    </svg>
    ${(areMarked(points) ? line : lonely(line)).map(dot)}
    ${spots.filter(({ mark }) => mark === 'beside').map(cross)}
    ${timeLabels(span)}
  </svg>`;
}

const HATCH = markup`<defs>
    <pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <path class="hatch" d="M0 0V8" />
    </pattern>
  </defs>`;

const across = (time: number, { from, to }: Gap): number =>
  to === from ? 50 : rounded(((time - from) * 100) / (to - from));
const up = (value: Decimal, scale: Extent): number => rounded(100 - placeOf(value, scale));
const pixels = (y: number): number => rounded(TOP + (y * HEIGHT) / 100);
const rounded = (length: number): number => Math.round(length * 100) / 100;

function tickLine(y: number, label: string, isBase: boolean): SafeHtml {
  const at = pixels(y);
  return markup`<line class="${isBase ? 'base' : 'grid'}" x1="0" x2="100%" y1="${at}" y2="${at}" />
    <text x="-10" y="${at + 4}" text-anchor="end">${label}</text>`;
}

/** What is joined, in pieces. */
function runsOf(line: readonly Spot[]): readonly (readonly Spot[])[] {
  const runs: Spot[][] = [];
  for (const spot of line) {
    const last = runs.at(-1);
    if (last && spot.mark === 'joined') last.push(spot);
    else runs.push([spot]);
  }
  return runs;
}

function runPaths(run: readonly Spot[]): SafeHtml {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last || first === last) return NOTHING;
  const path = `M${outline(run)
    .map(({ x, y }) => `${x} ${y}`)
    .join('L')}`;
  return markup`<path class="field" d="${path}V100H${first.x}Z" /><path class="line" d="${path}" />`;
}

/** Of those that lie on the same hair's breadth the first, the last, the highest and the lowest: all that is seen. */
function outline(run: readonly Spot[]): readonly Spot[] {
  const columns = new Map<number, Spot[]>();
  for (const spot of run) {
    const column = Math.round(spot.x * 10);
    const spots = columns.get(column);
    if (spots) spots.push(spot);
    else columns.set(column, [spot]);
  }
  return [...columns.values()].flatMap((spots) => {
    const heights = spots.map(({ y }) => y);
    const ends = [
      0,
      spots.length - 1,
      heights.indexOf(Math.min(...heights)),
      heights.indexOf(Math.max(...heights)),
    ];
    return spots.filter((_, at) => ends.includes(at));
  });
}

/** Joined to none. */
const lonely = (line: readonly Spot[]): readonly Spot[] =>
  runsOf(line).flatMap((run) => (run.length === 1 ? run : []));

const dot = ({ x, y }: Spot): SafeHtml =>
  markup`<circle class="point" cx="${x}%" cy="${pixels(y)}" r="3.5" />`;

const cross = ({ x, y }: Spot): SafeHtml =>
  markup`<svg x="${x}%" y="${pixels(y)}" overflow="visible">
    <path class="cross" d="M-3 -3L3 3M-3 3L3 -3" />
  </svg>`;

function hatched({ from, to }: Gap, span: Gap): SafeHtml {
  const [start, end] = [Math.max(0, across(from, span)), Math.min(100, across(to, span))];
  if (end <= start) return NOTHING;
  return markup`<rect
    x="${start}%"
    y="${TOP}"
    width="${rounded(end - start)}%"
    height="${HEIGHT}"
    fill="url(#hatch)"
  />`;
}

/** Five times, or three on a phone. */
function timeLabels(span: Gap): readonly SafeHtml[] {
  const length = span.to - span.from;
  if (length === 0)
    return [markup`<text x="50%" y="${BOTTOM + 20}" text-anchor="middle">${axisTime(span.from, 0)}</text>`];
  return [0, 1, 2, 3, 4].map((quarter) => {
    const anchor = quarter === 0 ? 'start' : quarter === 4 ? 'end' : 'middle';
    const time = axisTime(span.from + (length * quarter) / 4, length);
    return markup`<text class="${quarter % 2 === 1 ? 'roomy' : ''}" x="${quarter * 25}%" y="${BOTTOM + 20}"
      text-anchor="${anchor}">${time}</text>`;
  });
}
