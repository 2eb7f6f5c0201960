import type { AccountId } from '../models/account.js';
import type { Snapshot } from '../models/history.js';
import { sparkline } from './bars.js';
import type { Paint } from './colour.js';
import { tinted } from './holdings-table.js';
import { formatChange, formatGain, UNKNOWN } from './numbers.js';
import { displayWidth } from './text-layout.js';
import { recentValues, SPANS, type ValueChange, valueChange } from './value-change.js';

export interface ChangeSettings {
  readonly now: number;
  readonly width: number;
  /** Percentages alone. */
  readonly privacy: boolean;
  readonly recent: readonly Snapshot[];
}

/** How the value of the accounts together changed, in one line where there is room. */
export function changeLines(
  accounts: readonly AccountId[],
  { now, width, privacy, recent }: ChangeSettings,
  paint: Paint,
): readonly string[] {
  const changes = SPANS.map((span) => {
    const change = valueChange(accounts, recent, span, now);
    return `${span.name} ${tinted(paint, change?.gain, changeText(change, privacy))}`;
  });
  const line = sparkline(recentValues(accounts, recent, now));
  const drawn = line === '' ? [] : [paint('cyan', line)];
  const beside = [`Value over ${changes.join(', over ')}`, ...drawn].join('  ');
  if (displayWidth(beside) <= width) return [beside];
  return [...changes.map((text) => `Value over ${text}`), ...drawn.map((text) => `7 d ${text}`)];
}

/** Whether anything is told that a note has to explain. */
export const hasChange = (accounts: readonly AccountId[], { recent, now }: ChangeSettings): boolean =>
  SPANS.some((span) => valueChange(accounts, recent, span, now) !== undefined);

export function changeText(change: ValueChange | undefined, privacy: boolean): string {
  if (!change) return UNKNOWN;
  const { gain, percent } = change;
  if (privacy) return formatChange(percent);
  return formatGain(gain) + (percent ? ` (${formatChange(percent)})` : '');
}
