import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needsRoot } from './needs.js';

export interface SmallDisk {
  readonly folder: string;
  /** Takes all the room there is. */
  readonly fill: () => void;
  readonly makeRoom: () => void;
  /** Root too can write nothing more. */
  readonly seal: () => void;
  readonly remove: () => void;
}

export function mountSmallDisk(megabytes: number): SmallDisk {
  needsRoot('mounts a small disk');
  const folder = mkdtempSync(join(tmpdir(), 'exchange-sync-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: () => {
      writeUntilFull(filler);
    },
    makeRoom: () => {
      rmSync(filler);
    },
    seal: () => {
      execFileSync('mount', ['-o', 'remount,ro', folder]);
    },
    remove: () => {
      execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

function writeUntilFull(path: string): void {
  const file = openSync(path, 'a');
  try {
    // Page by page at the end, so that not one is left.
    for (const bytes of [1024 * 1024, 4096]) {
      const zeros = Buffer.alloc(bytes);
      while (written(file, zeros) === bytes);
    }
  } finally {
    closeSync(file);
  }
}

/** Bytes that there was room for. */
function written(file: number, bytes: Buffer): number {
  try {
    return writeSync(file, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return 0;
    throw error;
  }
}
