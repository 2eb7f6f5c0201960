import { isoDay } from '../models/day.js';
import type { AccountResults, DayWindow, Results } from '../models/results.js';
import { count } from './duration.js';
import { printable } from './escape.js';
import { PARTIAL } from './holdings-table.js';
import { formatQuantity } from './numbers.js';
import { listed } from './portfolio-notes.js';
import { momentOf } from './time-axis.js';

const DAY_MS = 86_400_000;

type Note = (account: AccountResults, results: Results) => string | undefined;

const NOTES: readonly Note[] = [unvalued, estimated, estimateOpen, unmatched, missing, fees, counted];

/** What the sums leave out and rest on, a sentence each. */
export const resultNotes = (account: AccountResults, results: Results): readonly string[] =>
  NOTES.flatMap((note) => note(account, results) ?? []);

/** Of all accounts together: which ones the total excludes. */
export const absentNotes = ({ absent }: Pick<Results, 'absent'>): readonly string[] =>
  absent.length === 0 ? [] : [`Never synced, not included: ${listed(absent)}.`];

/** `2026-01-03 to 2026-01-09, 7 UTC days` */
export function windowText({ from, to }: DayWindow): string {
  if (from === undefined) return `up to ${to}, UTC days`;
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  return `${from} to ${to}, ${count(days, 'UTC day')}`;
}

function unvalued({ assets }: AccountResults): string | undefined {
  const moved = assets.filter((one) => !one.unvalued.isZero());
  if (moved.length === 0) return undefined;
  const coins = moved.map(({ asset, unvalued: amount }) => `${formatQuantity(amount)} ${printable(asset)}`);
  return `${PARTIAL} Moved at a time without a known price, and so in no sum: ${coins.join(', ')}.`;
}

function estimated({ assets }: AccountResults): string | undefined {
  const found = assets.filter((one) => one.estimated === true).map(({ asset }) => asset);
  if (found.length === 0) return undefined;
  return `What was realized of ${listed(found)} rests on an estimate of its cost: the market value when it was deposited.`;
}

function estimateOpen({ assets }: AccountResults): string | undefined {
  const open = assets.filter((one) => one.estimated === undefined).map(({ asset }) => asset);
  if (open.length === 0) return undefined;
  return `Whether an estimate is in what was realized of ${listed(open)} is known from the next sync on.`;
}

function unmatched({ assets }: AccountResults): string | undefined {
  const found = assets.filter(({ sums }) => !sums.unmatchedProceeds.isZero()).map(({ asset }) => asset);
  if (found.length === 0) return undefined;
  return `Proceeds of ${listed(found)} whose cost is not known are no gain, and in no other sum.`;
}

function missing({ assets }: AccountResults): string | undefined {
  const found = assets.filter((one) => !one.missing.isZero()).map(({ asset }) => asset);
  if (found.length === 0) return undefined;
  return `More ${listed(found)} left than the history explains: acquisitions are missing.`;
}

function fees({ assets }: AccountResults): string | undefined {
  if (assets.every(({ sums }) => sums.feesPaid.isZero())) return undefined;
  return 'Fees paid are not to be taken off again: they are in what was realized, in the cost of what was bought, or left with a withdrawal.';
}

function counted({ countedUntil }: AccountResults, { window }: Results): string {
  const until = `Counted up to the sync of ${momentOf(countedUntil)} UTC`;
  return isoDay(countedUntil) < window.to ? `${until}: nothing later is in it.` : `${until}.`;
}
