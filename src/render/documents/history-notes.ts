import type { ValueHistory, ValuePoint, ValueSeries } from '../../models/history.js';
import { BESIDE } from '../document.js';
import { count } from '../../models/text.js';
import { momentOf } from '../moments.js';
import { roughDuration } from '../../models/duration.js';
import { listed } from '../escape.js';

const MAX_GAPS = 3;

type Note = (series: ValueSeries) => string | readonly string[] | undefined;

const NOTES: readonly Note[] = [partial, unknown, gaps, joining, unpriced];

/** What the line excludes, where it breaks and why, a sentence each; times in UTC. */
export const historyNotes = (series: ValueSeries): readonly string[] =>
  NOTES.flatMap((note) => note(series) ?? []);

function partial({ points }: ValueSeries): string | undefined {
  const found = points.filter((point) => !point.complete);
  if (found.length === 0) return undefined;
  const isTotal = points.some(({ accounts }) => accounts.length > 1);
  const why = isTotal ? 'a wallet or an account could not be read' : 'a wallet could not be read';
  const [is, those] = found.length === 1 ? ['is', 'that one'] : ['are', 'those'];
  return `${count(found.length, 'partial snapshot')} of ${points.length} ${is} not on the line (${BESIDE}): ${why}, and ${those} counted its last known balances.`;
}

function unknown({ points }: ValueSeries): string | undefined {
  const found = points.filter(({ value }) => value === undefined).length;
  if (found === 0) return undefined;
  return `${count(found, 'snapshot')} of ${points.length} not drawn: nothing in it had a price.`;
}

function gaps({ gaps: found }: ValueSeries): readonly string[] {
  const longest = found
    .toSorted((one, other) => other.to - other.from - (one.to - one.from))
    .slice(0, MAX_GAPS);
  const shown = longest.toSorted((one, other) => one.from - other.from);
  const others = found.length - shown.length;
  return [
    ...shown.map(
      ({ from, to }) =>
        `Gap: no complete snapshot from ${momentOf(from)} to ${momentOf(to)} (${roughDuration(to - from)}).`,
    ),
    ...(others > 0 ? [`And ${count(others, 'shorter gap')}.`] : []),
  ];
}

/** Accounts that the sum includes only from a later time on. */
function joining({ points }: ValueSeries): readonly string[] {
  const first = new Set(points[0]?.accounts);
  const later = new Set(points.at(-1)?.accounts.filter((account) => !first.has(account)));
  return [...later].map((account) => {
    const from = points.find(({ accounts }) => accounts.includes(account))?.time ?? 0;
    return `${listed([account])} is in the total from ${momentOf(from)} on; the line starts again there.`;
  });
}

function unpriced({ points }: ValueSeries): string | undefined {
  const drawn = points.filter(({ value }) => value !== undefined);
  const assets = [...new Set(drawn.flatMap((point) => point.unpriced))].sort();
  if (assets.length === 0) return undefined;
  const texts = assets.map((asset) => {
    const times = drawn.filter((point) => point.unpriced.includes(asset)).length;
    return times === drawn.length ? asset : `${asset} (in ${times} of ${drawn.length} snapshots)`;
  });
  const breaks = haveSameUnpriced(drawn) ? '' : '; the line breaks if that changes';
  return `Excluded (no price): ${listed(texts)}${breaks}.`;
}

const haveSameUnpriced = (points: readonly ValuePoint[]): boolean =>
  new Set(points.map((point) => point.unpriced.toSorted().join('\n'))).size === 1;

/** What the period has no data of. */
export function absenceNotes(
  { from, to, absent, asset }: ValueHistory,
  { points }: ValueSeries,
): readonly string[] {
  const first = points[0]?.time ?? to;
  const isLate = first - from > (to - from) / 20;
  return [
    ...(isLate ? [`First snapshot in this period: ${momentOf(first)}.`] : []),
    ...(absent.length > 0 ? [absence(absent, asset)] : []),
  ];
}

const absence = (absent: readonly string[], asset: string | undefined): string =>
  asset === undefined
    ? `No snapshot in this period of ${listed(absent)}: not included.`
    : `No ${listed([asset])} in this period in ${listed(absent)}.`;
