import type { ValueHistory } from '../../models/history.js';
import type { Report } from '../../models/report.js';
import { painter } from '../colour.js';
import { wholeDuration } from '../duration.js';
import { chartNotes, chartPoint, firstOf, summary } from '../history-chart.js';
import { absenceNotes, historyNotes } from '../history-notes.js';
import { HIDDEN } from '../holdings-table.js';
import type { ChartPoint } from '../line-chart.js';
import { formatChange, formatTick } from '../numbers.js';
import { markup, type SafeHtml } from './markup.js';
import { missing } from './missing.js';
import { notesList } from './tones.js';
import { areMarked, type ChartFrame, valueChart } from './value-chart.js';

interface HistorySettings {
  readonly privacy: boolean;
  readonly currency: string;
}

/** What it was all worth, from snapshot to snapshot. */
export function historySection({ history, historySpan }: Report, settings: HistorySettings): SafeHtml {
  return markup`<section aria-labelledby="history">
    <h2 id="history">Value over ${wholeDuration(historySpan)}</h2>
    ${history.known ? chart(history.content, settings) : missing(history)}
  </section> `;
}

function chart(history: ValueHistory, settings: HistorySettings): SafeHtml {
  const series = history.total ?? history.accounts[0]?.series ?? { points: [], gaps: [] };
  const drawn = series.points.filter(({ value }) => value !== undefined);
  const points = drawn.flatMap(chartPoint);
  const notes = notesList([
    ...chartNotes(drawn, areMarked(points), history.asset),
    ...historyNotes(series),
    ...absenceNotes(history, series),
  ]);
  if (points.length === 0)
    return markup`<p>No value is known.</p>
      ${notes}`;
  const said = summary(drawn, settings, painter(false)).join(' · ');
  const frame = { title: 'The value over time, as a line', description: said, gaps: series.gaps };
  const { values, label } = shown(points, settings);
  return markup`<p class="meta">${said}</p>
    ${valueChart(values, { ...frame, label })} ${notes}`;
}

/** With privacy the changes since the first value, in hundredths of it, stand in place of the values. */
function shown(
  points: readonly ChartPoint[],
  { privacy }: HistorySettings,
): { readonly values: readonly ChartPoint[]; readonly label: ChartFrame['label'] } {
  if (!privacy) return { values: points, label: formatTick };
  const first = firstOf(points);
  if (!first?.isPositive()) return { values: points, label: () => HIDDEN };
  const values = points.map((point) => ({ ...point, value: point.value.minus(first).times(100).div(first) }));
  return { values, label: formatChange };
}
