import { readdirSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ExpectedError } from '../errors.js';
import { filesOf } from './embedded-files.js';

const KEPT = 3;
const PARTIAL = 'partial.tar.gz';
/** Sorted by name they are sorted by time. */
const NAME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-pg(?<postgres>\d+)-schema-(?<schema>\d+)\.tar\.gz$/;

/** By what a program must know to read the files. */
export interface BackupKind {
  readonly postgres: string;
  readonly schema: number;
}

/** Keeps a copy of the embedded database beside it, and the newest few; throws 'database' where it cannot be written. */
export async function keepBackup(
  directory: string,
  kind: BackupKind,
  copy: () => Promise<Blob>,
): Promise<void> {
  const folder = backupsOf(directory);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeWhole(folder, nameOf(kind), await copy());
  } catch (cause) {
    throw notWritten(directory, folder, cause as Error);
  }
  // That an old one stays is no reason to stop.
  await removeOld(folder).catch(() => undefined);
}

const backupsOf = (directory: string): string => join(directory, 'backups');

function nameOf({ postgres, schema }: BackupKind): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  return `${time}Z-pg${postgres}-schema-${schema}.tar.gz`;
}

/** Under its name only when all of it is on the disk; what an earlier try left half written is overwritten. */
async function writeWhole(folder: string, name: string, copy: Blob): Promise<void> {
  const partial = join(folder, PARTIAL);
  await rm(partial, { force: true });
  try {
    const file = await open(partial, 'wx', 0o600);
    try {
      await file.writeFile(Buffer.from(await copy.arrayBuffer()));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, join(folder, name));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function removeOld(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort();
  for (const name of names.slice(0, -KEPT)) await rm(join(folder, name));
}

const notWritten = (directory: string, folder: string, cause: Error): ExpectedError =>
  new ExpectedError(
    'database',
    `the embedded database in ${directory} has an older schema, and its backup before the migration could not be written: ${cause.message}`,
    {
      fix: `Free disk space, or give the user who runs exchange-sync write permission for ${folder}, and run again; nothing was changed.`,
      cause,
    },
  );

/**
 * What to do where the files cannot be used: one line for a shell puts the newest copy that this program can read
 * in their place, or nothing where there is none; they are kept aside. Never a moment with half a database.
 */
export function wayBack(directory: string, { postgres, schema }: BackupKind): string {
  const files = resolve(filesOf(directory));
  const aside = `mv ${quoted(files)} ${quoted(freeName(`${files}.broken`))}`;
  const backup = newestBackup(backupsOf(directory), { postgres, schema });
  if (backup === undefined)
    return `move it aside (${aside}) and sync again: history is imported again as far as the exchange keeps it.`;
  const fresh = quoted(freeName(`${files}.restored`));
  const unpack = `mkdir -m 700 ${fresh} && tar -xzf ${quoted(resolve(backup))} -C ${fresh}`;
  return `go back to the newest copy, and keep this one aside: ${unpack} && ${aside} && mv ${fresh} ${quoted(files)} ; the next sync imports newer records.`;
}

function newestBackup(folder: string, { postgres, schema }: BackupKind): string | undefined {
  const name = namesIn(folder)
    .sort()
    .findLast((one) => {
      const kind = NAME.exec(one)?.groups;
      return kind?.['postgres'] === postgres && Number.parseInt(kind['schema'] ?? '', 10) <= schema;
    });
  return name === undefined ? undefined : join(folder, name);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** `mv` would put a folder into one that is there. */
function freeName(path: string): string {
  const taken = new Set(namesIn(join(path, '..')).map((name) => join(path, '..', name)));
  let free = path;
  for (let number = 2; taken.has(free); number += 1) free = `${path}-${number}`;
  return free;
}

const quoted = (path: string): string =>
  /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
