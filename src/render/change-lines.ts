import { SPANS, type ValueChange, valueChange } from '../accounting/value-change.js';
import type { AccountId } from '../models/account.js';
import type { Decimal } from '../models/decimal.js';
import type { Snapshot } from '../models/history.js';
import { sparkline } from './bars.js';
import type { Paint } from './colour.js';
import { tinted } from './holdings-table.js';
import { formatChange, formatGain, UNKNOWN } from './numbers.js';
import { recentValues } from '../accounting/value-change.js';
import { displayWidth, wrapped } from './text-layout.js';

export interface ChangeSettings {
  readonly now: number;
  readonly width: number;
  /** Percentages alone. */
  readonly privacy: boolean;
  readonly recent: readonly Snapshot[];
}

/**
 * What the accounts together gained, without deposits and withdrawals, beside a line of their value; below it how
 * the value itself changed, without colour, where that differs. Each is one line where there is room.
 */
export function changeLines(
  accounts: readonly AccountId[],
  { now, width, privacy, recent }: ChangeSettings,
  paint: Paint,
): readonly string[] {
  const changes = SPANS.map((span) => ({
    name: span.name,
    change: valueChange(accounts, recent, span, now),
  }));
  const gains = changes.map(
    ({ name, change }) => `${name} ${tinted(paint, change?.gain, gainText(change, privacy))}`,
  );
  const values = changes.map(({ name, change }) => `${name} ${changeText(change, privacy)}`);
  const line = sparkline(recentValues(accounts, recent, now));
  const drawn = line === '' ? [] : [paint('cyan', line)];
  const valueLines = changes.some(({ change }) => isOfFlows(change))
    ? fitting('Value', values, [], width)
    : [];
  return [...fitting('Gain', gains, drawn, width), ...valueLines];
}

/** One line, or one for each part, of whole words. */
function fitting(
  lead: string,
  parts: readonly string[],
  drawn: readonly string[],
  width: number,
): readonly string[] {
  const beside = [`${lead} over ${parts.join(', over ')}`, ...drawn].join('  ');
  if (displayWidth(beside) <= width) return [beside];
  return [
    ...parts.flatMap((text) => wrapped(`${lead} over ${text}`, width)),
    ...drawn.map((text) => `7 d ${text}`),
  ];
}

const CHANGE_NOTE =
  'Gain is the change in value without deposits and withdrawals; show --bridge 24h explains it.';
const UNKNOWN_NOTE =
  'A gain is not known while coins moved at a time without a known price, or counting settings changed.';

/** How the lines are to be read; nothing where nothing is reported. */
export function changeNotes(
  accounts: readonly AccountId[],
  { recent, now }: ChangeSettings,
): readonly string[] {
  const changes = SPANS.flatMap((span) => valueChange(accounts, recent, span, now) ?? []);
  if (changes.length === 0) return [];
  return [CHANGE_NOTE, ...(changes.some(({ gain }) => gain === undefined) ? [UNKNOWN_NOTE] : [])];
}

/** Whether the value changed by another amount than the gain. */
const isOfFlows = (change: ValueChange | undefined): boolean =>
  change !== undefined && !change.netFlows?.isZero();

export const gainText = (change: ValueChange | undefined, privacy: boolean): string =>
  amountText(change?.gain, change?.gainPercent, privacy);

export const changeText = (change: ValueChange | undefined, privacy: boolean): string =>
  amountText(change?.change, change?.percent, privacy);

function amountText(amount: Decimal | undefined, percent: Decimal | undefined, privacy: boolean): string {
  if (amount === undefined) return UNKNOWN;
  if (privacy) return formatChange(percent);
  return formatGain(amount) + (percent ? ` (${formatChange(percent)})` : '');
}
