import { recentValues, SPANS, type ValueChange, valueChange } from '../../accounting/value-change.js';
import type { AccountId } from '../../models/account.js';
import type { Decimal } from '../../models/decimal.js';
import type { Snapshot } from '../../models/history.js';
import { sparkline } from '../bars.js';
import { type Changes, toneOf } from '../document.js';
import { formatChange, formatGain, UNKNOWN } from '../numbers.js';

export interface ChangeSettings {
  readonly now: number;
  /** Percentages alone. */
  readonly privacy: boolean;
  readonly recent: readonly Snapshot[];
}

/**
 * What the accounts together gained, without deposits and withdrawals, beside a line of their value; below it how
 * the value itself changed, if that differs.
 */
export function valueChanges(
  accounts: readonly AccountId[],
  { now, privacy, recent }: ChangeSettings,
): readonly Changes[] {
  if (accounts.length === 0) return [];
  const changes = changesOf(accounts, { now, recent });
  const line = sparkline(recentValues(accounts, recent, now));
  const gains = changes.map(({ name, change }) => ({
    name,
    cell: { text: gainText(change, privacy), tone: toneOf(change?.gain) },
  }));
  const values = changes.map(({ name, change }) => ({ name, cell: { text: changeText(change, privacy) } }));
  return [
    {
      kind: 'changes',
      lead: 'Gain',
      parts: gains,
      trend: line === '' ? undefined : { name: '7 d', line },
    },
    ...(changes.some(({ change }) => hasFlows(change))
      ? [{ kind: 'changes' as const, lead: 'Value', parts: values }]
      : []),
  ];
}

export const changesOf = (
  accounts: readonly AccountId[],
  { now, recent }: Pick<ChangeSettings, 'now' | 'recent'>,
): readonly { readonly name: string; readonly change: ValueChange | undefined }[] =>
  SPANS.map((span) => ({ name: span.name, change: valueChange(accounts, recent, span, now) }));

const CHANGE_NOTE =
  'Gain is the change in value without deposits and withdrawals; show --bridge 24h explains it.';
const UNKNOWN_NOTE =
  'A gain is not known while coins moved at a time without a known price, or counting settings changed.';

/** How the changes are to be read; nothing if there is none. */
export function changeNotes(
  accounts: readonly AccountId[],
  settings: Pick<ChangeSettings, 'now' | 'recent'>,
): readonly string[] {
  const changes = changesOf(accounts, settings).flatMap(({ change }) => change ?? []);
  if (changes.length === 0) return [];
  return [CHANGE_NOTE, ...(changes.some(({ gain }) => gain === undefined) ? [UNKNOWN_NOTE] : [])];
}

/** Whether the value changed by another amount than the gain. */
const hasFlows = (change: ValueChange | undefined): boolean =>
  change !== undefined && !change.netFlows?.isZero();

const gainText = (change: ValueChange | undefined, privacy: boolean): string =>
  amountText(change?.gain, change?.gainPercent, privacy);

export const changeText = (change: ValueChange | undefined, privacy: boolean): string =>
  amountText(change?.change, change?.percent, privacy);

function amountText(amount: Decimal | undefined, percent: Decimal | undefined, privacy: boolean): string {
  if (amount === undefined) return UNKNOWN;
  if (privacy) return formatChange(percent);
  return formatGain(amount) + (percent ? ` (${formatChange(percent)})` : '');
}
