import { ExpectedError } from '../errors.js';

/** What is known, and the words that say so: `no event of BTX is stored`, `There are events of: BTC.` */
export interface KnownAssets {
  readonly assets: ReadonlySet<string>;
  readonly missing: string;
  readonly present: string;
}

/** The asset that a user names: as it is stored, or in capitals. Throws 'nothing-to-show' where none is meant. */
export function assetMeant(asset: string, { assets, missing, present }: KnownAssets): string {
  const meant = [asset, asset.toUpperCase()].find((name) => assets.has(name));
  if (meant !== undefined) return meant;
  throw new ExpectedError('nothing-to-show', missing, {
    fix: `${present}: ${[...assets].sort().join(', ')}.`,
  });
}
