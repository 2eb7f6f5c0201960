import { ExpectedError } from '../errors.js';
import type { AccountId } from '../models/account.js';

/** The assets to choose from, and the parts of the error message: `no records of BTX`, `Assets with records`. */
export interface KnownAssets {
  readonly assets: ReadonlySet<string>;
  readonly missing: string;
  readonly present: string;
  /** Accounts that have the asset but were not named. */
  readonly elsewhere: readonly AccountId[];
}

/** The asset that a user names: as it is stored, or in capitals. Throws 'nothing-to-show' if there is none. */
export function assetMeant(asset: string, { assets, missing, present, elsewhere }: KnownAssets): string {
  const meant = [asset, asset.toUpperCase()].find((name) => assets.has(name));
  if (meant !== undefined) return meant;
  const there = assets.size === 0 ? 'none' : [...assets].sort().join(', ');
  const others = elsewhere.length === 0 ? '' : ` Accounts that have ${asset}: ${elsewhere.join(', ')}.`;
  throw new ExpectedError('nothing-to-show', missing, { fix: `${present}: ${there}.${others}` });
}

/** Whether `text` names the asset. */
export const isMeant = (text: string, asset: string): boolean => [text, text.toUpperCase()].includes(asset);
