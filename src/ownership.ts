import { lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const ROOT = 0;
/** As the kernel counts them. */
const MOST_LINKS = 40;

/**
 * Why a path is not to be written to: a link that somebody else made could lead anywhere. Links of this
 * user's own and of root are taken at their word. Undefined where nothing is wrong, or nothing is there.
 */
export function foreignLink(path: string): string | undefined {
  const self = ownId();
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (self === undefined || !found?.isSymbolicLink() || [self, ROOT].includes(found.uid)) return undefined;
  return `${path} is a link that another user (${found.uid}) made`;
}

/** Where a path leads by links of this user's own and of root; throws on one that somebody else made. */
export function ownTarget(path: string): string {
  let target = path;
  for (let links = 0; links < MOST_LINKS; links += 1) {
    const foreign = foreignLink(target);
    if (foreign !== undefined) throw new Error(foreign);
    if (!lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink()) return target;
    target = resolve(dirname(target), readlinkSync(target));
  }
  throw new Error(`${path} is a link that leads to no file`);
}

/** Why a folder is not to be kept things in: whoever owns it reads and replaces what is in it. */
export function foreignFolder(path: string): string | undefined {
  const self = ownId();
  const found = statSync(path, { throwIfNoEntry: false });
  if (self === undefined || !found || found.uid === self) return undefined;
  return `${path} belongs to another user (${found.uid})`;
}

const WRITABLE_BY_OTHERS = 0o022;
/** In a sticky folder such as /tmp, users cannot replace each other's files. */
const STICKY = 0o1000;

/** Whether no other user but root can replace an existing folder, or any folder above it. Throws if it is missing. */
export function isPrivateFolder(path: string): boolean {
  const self = ownId();
  if (self === undefined) return true;
  return withFoldersAbove(realpathSync(path)).every((folder) => {
    const { uid, mode } = statSync(folder);
    const replaceable = (mode & WRITABLE_BY_OTHERS) !== 0 && (mode & STICKY) === 0;
    return [self, ROOT].includes(uid) && !replaceable;
  });
}

function withFoldersAbove(path: string): readonly string[] {
  const above = dirname(path);
  return above === path ? [path] : [path, ...withFoldersAbove(above)];
}

/** undefined where users have no numbers. */
const ownId = (): number | undefined => process.geteuid?.();
