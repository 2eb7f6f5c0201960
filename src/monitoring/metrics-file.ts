import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { distrust } from '../ownership.js';

/** node_exporter runs as another user, and cron's umask is often 077; the folder decides who gets there. */
const MODE = 0o644;

/**
 * Puts the text in the file's place whole: written aside in the same folder, flushed, then renamed. A reader
 * sees the old file or the new one, also after a loss of power. Throws what the system says, and on a file
 * that is not ours: its content would be lost.
 */
export function replaceFile(path: string, text: string): void {
  const mode = modeOf(path);
  refuseForeign(path);
  // A name of its own for each process; node_exporter reads only what ends in .prom.
  const aside = `${path}.${process.pid}.tmp`;
  rmSync(aside, { force: true });
  try {
    writeWhole(aside, text, mode);
    renameSync(aside, path);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
}

/** What a file that is replaced begins with; an empty one may be replaced too. */
const FIRST_TEXT = '# HELP exchange_sync_';

function refuseForeign(path: string): void {
  const text = readIfThere(path);
  if (text !== '' && !text.startsWith(FIRST_TEXT)) {
    throw new Error(`${path} is not a metrics file of exchange-sync`);
  }
}

/** The file's text, empty where there is none that can be read. */
export function readIfThere(path: string): string {
  try {
    modeOf(path);
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Never wider than the file that is there: who made it narrower wants it so. Throws on anything but a
 * file, because a rename would replace /dev/stdout.
 */
function modeOf(path: string): number {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there && !there.isFile()) throw new Error(`${path} is not a regular file`);
  const untrusted = distrust(path, 'append');
  if (untrusted !== undefined) throw new Error(untrusted);
  return MODE & (there?.mode ?? MODE);
}

function writeWhole(path: string, text: string, mode: number): void {
  const file = openSync(path, 'wx', mode);
  try {
    fchmodSync(file, mode);
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
