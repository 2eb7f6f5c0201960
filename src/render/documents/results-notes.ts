import { isoDay } from '../../models/day.js';
import type { AccountResults, AssetResult, Results } from '../../models/results.js';
import { listed, printable } from '../escape.js';
import { formatQuantity, PARTIAL } from '../numbers.js';
import { momentOf } from '../moments.js';
import { estimatedNote } from './attribution-notes.js';
import { missingHistory } from './portfolio-notes.js';

interface Settings {
  readonly privacy: boolean;
}

type Note = (account: AccountResults, results: Results, settings: Settings) => string | undefined;

const NOTES: readonly Note[] = [unvalued, estimated, estimateOpen, unmatched, missing, fees, lastSync];

/** What the sums exclude and what they are based on, a sentence each. */
export const resultNotes = (
  account: AccountResults,
  results: Results,
  settings: Settings,
): readonly string[] => NOTES.flatMap((note) => note(account, results, settings) ?? []);

/** Of all accounts together: which ones the total excludes. */
export const absentNotes = ({ absent }: Pick<Results, 'absent'>): readonly string[] =>
  absent.length === 0 ? [] : [`Never synced, not included: ${listed(absent)}.`];

const assetsWith = (
  { assets }: AccountResults,
  condition: (result: AssetResult) => boolean,
): readonly string[] | undefined => {
  const found = assets.filter(condition).map(({ asset }) => asset);
  return found.length === 0 ? undefined : found;
};

function unvalued({ assets }: AccountResults, _: Results, { privacy }: Settings): string | undefined {
  const moved = assets.filter((one) => !one.unvalued.isZero());
  if (moved.length === 0) return undefined;
  const coins = moved.map(({ asset, unvalued: amount }) =>
    privacy ? printable(asset) : `${formatQuantity(amount)} ${printable(asset)}`,
  );
  return `${PARTIAL} Moved at a time without a known price, and so in no sum: ${coins.join(', ')}.`;
}

function estimated(account: AccountResults): string | undefined {
  const assets = assetsWith(account, (result) => result.estimated === true);
  return assets && estimatedNote(assets);
}

function estimateOpen(account: AccountResults): string | undefined {
  const assets = assetsWith(account, (result) => result.estimated === undefined);
  return (
    assets &&
    `Whether realized P&L of ${listed(assets)} includes an estimated cost is known after the next sync.`
  );
}

function unmatched(account: AccountResults): string | undefined {
  const assets = assetsWith(account, ({ sums }) => !sums.unmatchedProceeds.isZero());
  return assets && `Proceeds of ${listed(assets)} whose cost is not known are no gain, and in no other sum.`;
}

function missing(account: AccountResults): string | undefined {
  const assets = assetsWith(account, (result) => !result.missing.isZero());
  return assets && missingHistory(assets);
}

function fees(account: AccountResults): string | undefined {
  const assets = assetsWith(account, ({ sums }) => !sums.feesPaid.isZero());
  return (
    assets &&
    'Do not subtract fees again: they are already included in realized P&L, in cost, or in withdrawals.'
  );
}

function lastSync({ countedUntil }: AccountResults, { window }: Results): string {
  const until = `Includes data up to the sync of ${momentOf(countedUntil)} UTC`;
  return isoDay(countedUntil) < window.to ? `${until}, nothing later.` : `${until}.`;
}
