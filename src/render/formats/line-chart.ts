import type { Decimal } from '../../models/decimal.js';
import type { Paint } from '../colour.js';
import { BESIDE, type ChartPoint, POINT } from '../document.js';
import { extentOf } from '../scale.js';
import { axisTime } from '../moments.js';

export interface ChartFrame {
  readonly width: number;
  readonly from: number;
  readonly to: number;
  /** Text at the axis for a value, if two rows are `step` apart. */
  readonly label: (value: Decimal, step: Decimal) => string;
  readonly paint: Paint;
}

const NARROW = 60;
const MAX_WIDTH = 120;
/** Every third row bears a label, the first and the last too. */
const LABEL_EVERY = 3;

/** Rows 0 (lowest) to `top` and columns from 0. */
interface Spot {
  readonly column: number;
  readonly row: number;
  readonly mark: ChartPoint['mark'];
}

/** A chart of at least one value as lines of text; what is not joined is left blank between. */
export function lineChart(points: readonly ChartPoint[], frame: ChartFrame): readonly string[] {
  const { lowest, step, top } = scaleOf(points, frame);
  const rows = Array.from({ length: top + 1 }, (_, at) => top - at);
  const labels = rows.map((row) =>
    row % LABEL_EVERY === 0 ? frame.label(lowest.plus(step.times(row)), step) : '',
  );
  const margin = Math.max(...labels.map((label) => label.length));
  const columns = Math.max(10, Math.min(frame.width, MAX_WIDTH) - margin - 2);
  const spots = points.map((point) => ({
    column: columnOf(point.time, frame, columns),
    row: step.isZero() ? 0 : Number.parseInt(point.value.minus(lowest).div(step).toFixed(0), 10),
    mark: point.mark,
  }));
  const cells = draw(spots, top, columns);
  const { paint } = frame;
  return [
    ...rows.map((row, at) => {
      const label = labels[at] ?? '';
      const axis = paint('dim', `${label.padStart(margin)} ${label === '' ? '│' : '┤'}`);
      return axis + coloured(cells[row] ?? [], paint).trimEnd();
    }),
    ...timeAxis(frame, columns).map((line, at) =>
      paint('dim', `${' '.repeat(margin)} ${at === 0 ? '└' : ' '}${line}`),
    ),
  ];
}

/** All values on a readable number of rows; one row if they are all the same. */
function scaleOf(points: readonly ChartPoint[], { width }: ChartFrame) {
  const { lowest, highest } = extentOf(points.map(({ value }) => value));
  const spread = highest.minus(lowest);
  const top = spread.isZero() ? 0 : LABEL_EVERY * (width < NARROW ? 2 : 3);
  return { lowest, step: top === 0 ? spread : spread.div(top), top };
}

function columnOf(time: number, { from, to }: ChartFrame, columns: number): number {
  return to === from ? 0 : Math.round(((time - from) / (to - from)) * (columns - 1));
}

function draw(spots: readonly Spot[], top: number, columns: number): string[][] {
  const cells = Array.from({ length: top + 1 }, () => new Array<string>(columns).fill(' '));
  const set = (row: number, column: number, character: string) => {
    const line = cells[row];
    if (line) line[column] = character;
  };
  const line = spots.filter(({ mark }) => mark !== 'beside');
  for (const [column, { row, before }] of heights(line)) drawColumn(column, row, before, set);
  for (const { row, column } of markedSpots(line, columns)) set(row, column, POINT);
  for (const { row, column } of spots.filter(({ mark }) => mark === 'beside')) {
    if (cells[row]?.[column] === ' ') set(row, column, BESIDE);
  }
  return cells;
}

/** The row of the line in each column that it passes, and the row that it comes from. */
function heights(line: readonly Spot[]): Map<number, { row: number; before: number | undefined }> {
  const found = new Map<number, { row: number; before: number | undefined }>();
  line.forEach((spot, at) => {
    const last = line[at - 1];
    const start = last && spot.mark === 'joined' ? last : undefined;
    const span = start ? spot.column - start.column : 0;
    for (let column = spot.column - Math.max(span - 1, 0); column <= spot.column; column += 1) {
      const way = start && span > 0 ? (column - start.column) / span : 1;
      const row = Math.round((start?.row ?? spot.row) * (1 - way) + spot.row * way);
      const before = start && span > 0 ? found.get(column - 1)?.row : start && found.get(column)?.before;
      found.set(column, { row, before });
    }
  });
  return found;
}

function drawColumn(
  column: number,
  row: number,
  before: number | undefined,
  set: (row: number, column: number, character: string) => void,
): void {
  if (before === undefined || before === row) {
    set(row, column, '─');
    return;
  }
  const rises = row > before;
  for (let between = Math.min(row, before) + 1; between < Math.max(row, before); between += 1) {
    set(between, column, '│');
  }
  set(before, column, rises ? '╯' : '╮');
  set(row, column, rises ? '╭' : '╰');
}

/** Where they are few, each is marked, for a line between two is no measurement; else those that stand alone. */
function markedSpots(line: readonly Spot[], columns: number): readonly Spot[] {
  if (areFew(line.length, columns)) return line;
  return line.filter((spot, at) => spot.mark === 'line' && line[at + 1]?.mark !== 'joined');
}

const areFew = (points: number, columns: number): boolean => points * 6 <= columns;

function coloured(line: readonly string[], paint: Paint): string {
  return line
    .join('')
    .trimEnd()
    .replace(/[^ ×]+/g, (run) => paint('cyan', run))
    .replace(/×+/g, (run) => paint('yellow', run));
}

/** Columns between two times. */
const TIME_GAP = 3;

/** A line with marks and a line with their times in UTC: the first, the last, and the middle if there is room. */
function timeAxis(
  { from, to }: { readonly from: number; readonly to: number },
  columns: number,
): readonly [marks: string, times: string] {
  const first = axisTime(from, to - from);
  if (from === to) return ['┬'.padEnd(columns, '─'), first];
  const last = axisTime(to, to - from);
  const middle = axisTime((from + to) / 2, to - from);
  const half = Math.floor((columns - 1) / 2);
  const left = half - Math.floor(middle.length / 2);
  const room = left - first.length >= TIME_GAP && columns - last.length - (left + middle.length) >= TIME_GAP;
  const marks = Array.from({ length: columns }, (_, at) =>
    at === 0 || at === columns - 1 || (room && at === half) ? '┬' : '─',
  );
  if (first.length + last.length >= columns) return [marks.join(''), first];
  const beginning = room ? first.padEnd(left) + middle : first;
  return [marks.join(''), `${beginning.padEnd(columns - last.length)}${last}`];
}
