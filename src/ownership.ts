import { lstatSync, readlinkSync, type Stats } from 'node:fs';
import { isAbsolute, join, parse, resolve, sep } from 'node:path';

/**
 * What is done with a path: its content is obeyed (settings, secrets, certificates), our lines are appended
 * to it (log), or our data lies in it (data directory).
 */
export type Use = 'read' | 'append' | 'folder';

const ROOT = 0;
/** As the kernel counts them. */
const MAX_LINKS = 40;

const GROUP_WRITES = 0o020;
const OTHERS_WRITE = 0o002;
/** In such a folder only the owner of an entry may replace it. */
const STICKY = 0o1000;

/**
 * Why another user could decide what this path holds or leads to; undefined if only this user and root can,
 * if nothing is there yet, or if users have no numbers on this system. Every link on the way must be made by
 * this user or root, and what is there must belong to one of them. What is read must also be writable by
 * no one else, and its folders must not allow others to replace it. Throws the error of the system.
 */
export function distrust(path: string, use: Use): string | undefined {
  const self = process.geteuid?.();
  if (self === undefined) return undefined;
  for (const { at, stats, isLast } of walk(path).steps) {
    const isForeign = stats.uid !== self && stats.uid !== ROOT;
    if (stats.isSymbolicLink()) {
      if (isForeign) return `${at} is a link that another user (${stats.uid}) made`;
    } else if (isLast || use === 'read') {
      if (isForeign) return `${at} belongs to another user (${stats.uid})`;
      const isOpen = isLast ? canOthersWrite(stats) : canOthersReplaceEntries(stats, self);
      if (use === 'read' && isOpen) return `${at} can be changed by other users`;
    }
  }
  return undefined;
}

/** Where a path leads over its links, whether something is there or not. Throws what the system says. */
export const targetOf = (path: string): string => walk(path).end;

const canOthersWrite = ({ mode }: Stats): boolean => (mode & (GROUP_WRITES | OTHERS_WRITE)) !== 0;

/** A group that has the number of this user is this user's own; the groups of root's folders are root's choice. */
function canOthersReplaceEntries({ mode, uid, gid }: Stats, self: number): boolean {
  if ((mode & STICKY) !== 0) return false;
  const isGroupTrusted = uid === ROOT || gid === self || gid === ROOT;
  return (mode & OTHERS_WRITE) !== 0 || ((mode & GROUP_WRITES) !== 0 && !isGroupTrusted);
}

interface Step {
  readonly at: string;
  readonly stats: Stats;
  /** Links are followed, so more than one step can be the last of what is left. */
  readonly isLast: boolean;
}

/** Every link, folder and file between the root folder and what a path leads to, as far as they are there. */
function walk(path: string): { readonly steps: readonly Step[]; readonly end: string } {
  const { root } = parse(resolve(path));
  const left = resolve(path).slice(root.length).split(sep);
  const steps: Step[] = [];
  let folder = root;
  let links = 0;
  for (let name = left.shift(); name !== undefined; name = left.shift()) {
    const at = join(folder, name);
    const stats = lstatSync(at, { throwIfNoEntry: false });
    if (!stats) return { steps, end: join(at, ...left) };
    steps.push({ at, stats, isLast: left.length === 0 });
    if (!stats.isSymbolicLink()) {
      folder = at;
      continue;
    }
    links += 1;
    if (links > MAX_LINKS) throw new Error(`${path} is a link that leads to no file`);
    const target = readlinkSync(at);
    if (isAbsolute(target)) folder = parse(target).root;
    left.unshift(...target.slice(parse(target).root.length).split(sep).filter(Boolean));
  }
  return { steps, end: folder };
}
