import { percentOf } from '../../models/figures.js';
import type { Decimal } from '../../models/decimal.js';
import type { ValueHistory, ValuePoint, ValueSeries } from '../../models/history.js';
import {
  type Block,
  type Chart,
  type ChartPoint,
  type Content,
  type Document,
  notesOf,
  POINT,
  recordsOf,
  toneOf,
} from '../document.js';
import { wholeDuration } from '../../models/duration.js';
import { printable } from '../escape.js';
import { formatChange, formatGain, formatMoney, formatTick, HIDDEN } from '../numbers.js';
import { absenceNotes, historyNotes } from './history-notes.js';

export interface HistorySettings {
  /** Changes in percent of the first value replace the amounts. */
  readonly privacy: boolean;
  readonly currency: string;
}

/** The value over time: of the account, or of all if there are several. */
export function historyDocument(history: ValueHistory, settings: HistorySettings): Document {
  const { accounts, asset, from, to, total } = history;
  const whole = total ? `${accounts.length} accounts` : printable(accounts[0]?.account ?? '');
  const all = total ? `All ${whole}` : whole;
  return {
    title: 'Value over time',
    about: `in ${settings.currency}`,
    now: to,
    sections: [
      {
        name: asset === undefined ? all : `${printable(asset)} of ${total ? `all ${whole}` : whole}`,
        meta: [wholeDuration(to - from), `in ${settings.currency}`, 'times in UTC'],
        intro: [],
        blocks: historyBlocks(history, settings),
      },
    ],
    records: () =>
      recordsOf(
        accounts.flatMap(({ account, series }) => series.points.map((point) => ({ account, point }))),
        {
          account: ({ account }) => account,
          time: ({ point }) => new Date(point.time).toISOString(),
          value: ({ point }) => point.value,
          complete: ({ point }) => point.complete,
          left_out: ({ point }) => point.unpriced.join(' '),
          currency: () => settings.currency,
          asset: () => asset,
        },
      ),
  };
}

/** The chart, or that no value is known, with the notes. */
export function historyBlocks(history: ValueHistory, settings: HistorySettings): readonly Block[] {
  const series = history.total ?? history.accounts[0]?.series ?? { points: [], gaps: [] };
  const drawn = series.points.filter(({ value }) => value !== undefined);
  const notes = [...historyNotes(series), ...absenceNotes(history, series)];
  if (drawn.length === 0) {
    return [{ kind: 'lines', lines: [{ text: 'No value is known.' }] }, ...notesOf(notes)];
  }
  return [chartOf(drawn, series, notes, history.asset, settings)];
}

function chartOf(
  drawn: readonly ValuePoint[],
  { gaps }: ValueSeries,
  notes: readonly string[],
  asset: string | undefined,
  settings: HistorySettings,
): Chart {
  const isCompared = drawn.filter(({ complete }) => complete).length >= 2;
  const flows = `${asset === undefined ? 'Deposits' : 'Purchases, sales, deposits'} and withdrawals are part of every change.`;
  return {
    kind: 'chart',
    ...axisOf(drawn.flatMap(chartPoint), settings),
    gaps,
    summary: summaryOf(drawn, settings),
    pointNote: isCompared ? `${POINT} marks a snapshot; values in between are interpolated.` : undefined,
    notes: isCompared ? [flows, ...notes] : notes,
  };
}

const chartPoint = ({ time, value, complete, joined }: ValuePoint): readonly ChartPoint[] =>
  value === undefined ? [] : [{ time, value, mark: !complete ? 'beside' : joined ? 'joined' : 'line' }];

/** With privacy the values are changes since the first one, in percent of it. */
function axisOf(
  points: readonly ChartPoint[],
  { privacy }: HistorySettings,
): Pick<Chart, 'points' | 'label'> {
  if (!privacy) return { points, label: formatTick };
  const first = (points.find(({ mark }) => mark !== 'beside') ?? points[0])?.value;
  if (!first?.isPositive()) return { points, label: () => HIDDEN };
  return {
    points: points.map((point) => ({ ...point, value: point.value.minus(first).times(100).div(first) })),
    label: formatChange,
  };
}

/** From the first complete value to the last, and the change if both have the same coverage. */
function summaryOf(
  points: readonly ValuePoint[],
  { privacy, currency }: HistorySettings,
): readonly Content[] {
  const complete = points.filter((point) => point.complete);
  const [first, last] = [complete[0], complete.at(-1)];
  if (!first?.value || !last?.value || first === last) {
    return [`Last known: ${privacy ? HIDDEN : formatMoney(points.at(-1)?.value)} ${currency}`];
  }
  const amounts = privacy ? [] : [`${formatMoney(first.value)} → ${formatMoney(last.value)} ${currency}`];
  if (!haveSameCoverage(first, last)) return [...amounts, 'not comparable: their coverage differs'];
  return [...amounts, changeOf(first.value, last.value, privacy)];
}

function changeOf(first: Decimal, last: Decimal, privacy: boolean): Content {
  const gain = last.minus(first);
  const percent = percentOf(gain, first);
  const texts = [...(privacy ? [] : [formatGain(gain)]), ...(percent ? [formatChange(percent)] : [])];
  return { text: texts.join(', '), tone: toneOf(gain) };
}

const haveSameCoverage = (one: ValuePoint, other: ValuePoint): boolean =>
  one.accounts.join() === other.accounts.join() && one.unpriced.join() === other.unpriced.join();
