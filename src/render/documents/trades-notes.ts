import { isPartial } from '../../accounting/trace-figures.js';
import { toText } from '../../models/decimal.js';
import type { AssetTrace, AssetTraces, TraceLine } from '../../models/trace.js';
import { count } from '../../models/text.js';
import { listed, printable } from '../escape.js';
import { formatQuantity, HIDDEN, PARTIAL } from '../numbers.js';

type Settings = Pick<AssetTraces, 'method'> & { readonly privacy: boolean };
type Note = (trace: AssetTrace, settings: Settings) => string | undefined;

const NOTES: readonly Note[] = [cut, method, partial, estimated, gaps, entries, unknown, drift, ahead];

/** How the lines are to be read and what is not known, a sentence each. */
export const tradesNotes = (
  trace: AssetTrace,
  { method: name }: Pick<AssetTraces, 'method'>,
  { privacy }: { readonly privacy: boolean },
): readonly string[] => NOTES.flatMap((note) => note(trace, { method: name, privacy }) ?? []);

/** Of all accounts together: which ones have nothing of the asset. */
export const absentNotes = ({ asset, absent }: Pick<AssetTraces, 'asset' | 'absent'>): readonly string[] =>
  absent.length === 0 ? [] : [`No records of ${printable(asset)} in ${listed(absent)}.`];

function cut({ earlier, lines }: AssetTrace): string | undefined {
  if (!earlier) return undefined;
  return `The last ${lines.length} of ${count(earlier.lines + lines.length, 'line')}; "before" is the result of the others. --limit shows more, --format csv or json all.`;
}

function method({ cash }: AssetTrace, { method: name }: Settings): string {
  if (cash) return 'Cash has no cost and no average.';
  if (name === 'average') return 'Average = cost / held. A sale removes its share of the cost.';
  return `Held and cost are the sum of all lots (${name}); average = cost / held.`;
}

function partial({ position, lines }: AssetTrace): string | undefined {
  const shown = [position, ...lines.flatMap(({ outcome }) => outcome?.position ?? [])];
  return shown.some(isPartial)
    ? `${PARTIAL} The cost of a part is not known: cost and average are of the rest.`
    : undefined;
}

function estimated({ position, asset }: AssetTrace, { privacy }: Settings): string | undefined {
  const { estimatedQuantity: quantity } = position;
  if (quantity.isZero()) return undefined;
  return `Cost of ${privacy ? HIDDEN : formatQuantity(quantity)} ${printable(asset)} is an estimate: the market value on the day of the deposit.`;
}

function gaps({ lines }: AssetTrace): string | undefined {
  if (!lines.some(({ what }) => what === 'gap')) return undefined;
  return 'gap: more was sold or withdrawn than recorded purchases cover; its origin is not known.';
}

/** Quantities without a record of the exchange. */
const ENTRIES: Readonly<Partial<Record<TraceLine['what'], string>>> = {
  opening: 'opening: held before the readable history begins; its cost is unknown.',
  adjustment: 'adjustment: a balance difference that you accepted; its cost is unknown.',
};

function entries({ lines }: AssetTrace): string | undefined {
  const found = new Set(
    lines.flatMap(({ what, value }) => (value === undefined ? (ENTRIES[what] ?? []) : [])),
  );
  return found.size === 0 ? undefined : [...found].join(' ');
}

function unknown({ lines }: AssetTrace): string | undefined {
  const open = lines.some(
    ({ what, value }) => what !== 'gap' && ENTRIES[what] === undefined && value === undefined,
  );
  return open ? '— is not known: no price is stored for that time.' : undefined;
}

/** The exchange's balance against that of the events. */
function drift({ position, held, asset }: AssetTrace, { privacy }: Settings): string | undefined {
  if (!held || held.quantity.eq(position.quantity)) return undefined;
  const [reported, explained] = privacy
    ? [HIDDEN, HIDDEN]
    : [toText(held.quantity), toText(position.quantity)];
  return `The exchange reports ${reported} ${printable(asset)}; the recorded history adds up to ${explained}.`;
}

function ahead({ ahead: waits }: AssetTrace): string | undefined {
  return waits ? 'The next sync recalculates this: until then show may print other figures.' : undefined;
}
