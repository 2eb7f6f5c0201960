import type { Decimal } from '../models/decimal.js';
import type { ValueHistory, ValuePoint } from '../models/history.js';
import { type Paint, painter } from './colour.js';
import { wholeDuration } from './duration.js';
import { printable } from './escape.js';
import { percentOf } from '../models/percent.js';
import { absenceNotes, historyNotes } from './history-notes.js';
import { HIDDEN } from './holdings-table.js';
import { bulletLine } from './light-table.js';
import { type ChartPoint, lineChart, POINT } from './line-chart.js';
import { formatChange, formatGain, formatMoney, formatTick } from './numbers.js';
import { fitted } from './text-layout.js';

export interface HistoryOptions {
  readonly colour: boolean;
  readonly width: number;
  /** Changes in hundredths of the first value stand in place of amounts. */
  readonly privacy: boolean;
  readonly currency: string;
}

/** The value over time as a chart for a terminal: of the account, or of all where there are several. */
export function renderHistory(history: ValueHistory, options: HistoryOptions): string {
  const paint = painter(options.colour);
  const [only] = history.accounts;
  const whole = history.total ? `All ${history.accounts.length} accounts` : printable(only?.account ?? '');
  const name = history.asset === undefined ? whole : `${printable(history.asset)} of ${lowered(whole)}`;
  const series = history.total ?? only?.series ?? { points: [], gaps: [] };
  const drawn = series.points.filter((point) => point.value !== undefined);
  const lines = drawn.length === 0 ? ['No value is known.'] : chart(drawn, options, paint);
  const marked = lines.some((line) => line.includes(POINT));
  const notes = [
    ...chartNotes(drawn, marked, history.asset),
    ...historyNotes(series),
    ...absenceNotes(history, series),
  ];
  const period = `${wholeDuration(history.to - history.from)}, in ${options.currency}, times in UTC`;
  return `${[
    ...fitted([paint('bold', name), paint('dim', period)], options.width),
    '',
    ...lines,
    ...(notes.length > 0 ? [''] : []),
    ...notes.map((note) => bulletLine(note, options.width)),
  ].join('\n')}\n`;
}

const lowered = (text: string): string => text.replace(/^All /, 'all ');

/** What a reader of the chart should not take it for. */
export function chartNotes(
  drawn: readonly ValuePoint[],
  marked: boolean,
  asset: string | undefined,
): readonly string[] {
  if (drawn.filter(({ complete }) => complete).length < 2) return [];
  return [
    ...(marked ? [`${POINT} is a snapshot; the line between two is drawn, not measured.`] : []),
    `${asset === undefined ? 'Deposits' : 'Purchases, sales, deposits'} and withdrawals are part of every change.`,
  ];
}

function chart(points: readonly ValuePoint[], options: HistoryOptions, paint: Paint): readonly string[] {
  const { width, privacy } = options;
  const values = points.flatMap(chartPoint);
  const first = firstOf(values);
  const label = (value: Decimal, step: Decimal) =>
    privacy ? (change(first, value) ?? HIDDEN) : formatTick(value, step);
  const frame = { width, label, paint, from: points[0]?.time ?? 0, to: points.at(-1)?.time ?? 0 };
  return [...lineChart(values, frame), '', ...fitted(summary(points, options, paint), width)];
}

/** The value that changes are told from. */
export const firstOf = (values: readonly ChartPoint[]): Decimal | undefined =>
  (values.find(({ mark }) => mark !== 'beside') ?? values[0])?.value;

export const chartPoint = ({ time, value, complete, joined }: ValuePoint): readonly ChartPoint[] =>
  value === undefined ? [] : [{ time, value, mark: !complete ? 'beside' : joined ? 'joined' : 'line' }];

/** From the first complete value to the last, and the change where both count the same. */
export function summary(
  points: readonly ValuePoint[],
  { privacy, currency }: Pick<HistoryOptions, 'privacy' | 'currency'>,
  paint: Paint,
): readonly string[] {
  const whole = points.filter(({ complete }) => complete);
  const [first, last] = [whole[0], whole.at(-1)];
  if (!first?.value || !last?.value || first === last) {
    return [`Last known: ${privacy ? HIDDEN : formatMoney(points.at(-1)?.value)} ${currency}`];
  }
  const amounts = privacy ? [] : [`${formatMoney(first.value)} → ${formatMoney(last.value)} ${currency}`];
  if (!countSame(first, last)) return [...amounts, 'not comparable: they do not count the same'];
  const gain = last.value.minus(first.value);
  const colour = gain.isZero() ? 'bold' : gain.isNegative() ? 'red' : 'green';
  const changes = [privacy ? undefined : formatGain(gain), change(first.value, last.value)];
  return [...amounts, paint(colour, changes.filter((text) => text !== undefined).join(', '))];
}

const countSame = (one: ValuePoint, other: ValuePoint): boolean =>
  one.accounts.join() === other.accounts.join() && one.unpriced.join() === other.unpriced.join();

function change(first: Decimal | undefined, value: Decimal): string | undefined {
  const percent = first && percentOf(value.minus(first), first);
  return percent && formatChange(percent);
}
