import { ExpectedError } from '../errors.js';
import type { AccountId } from '../models/account.js';

/** The assets that can be asked for, and the words of the error: `no records of BTX`, `Assets with records`. */
export interface KnownAssets {
  readonly assets: ReadonlySet<string>;
  readonly missing: string;
  readonly present: string;
  /** Accounts that were not asked for and have the asset. */
  readonly elsewhere: readonly AccountId[];
}

/** The asset that a user names: as it is stored, or in capitals. Throws 'nothing-to-show' where none is meant. */
export function assetMeant(asset: string, { assets, missing, present, elsewhere }: KnownAssets): string {
  const meant = [asset, asset.toUpperCase()].find((name) => assets.has(name));
  if (meant !== undefined) return meant;
  const there = assets.size === 0 ? 'none' : [...assets].sort().join(', ');
  const others = elsewhere.length === 0 ? '' : ` Accounts that have ${asset}: ${elsewhere.join(', ')}.`;
  throw new ExpectedError('nothing-to-show', missing, { fix: `${present}: ${there}.${others}` });
}

/** Whether a user who writes `text` means the asset. */
export const isMeant = (text: string, asset: string): boolean => [text, text.toUpperCase()].includes(asset);
