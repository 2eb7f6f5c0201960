import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Edit, applied } from './mutant.js';

/** A copy of the checkout to break things in; the real one is only read. */
export interface Workbench {
  readonly folder: string;
  /** Makes the edits, builds the program anew and gives what takes the edits back. */
  readonly broken: (edits: readonly Edit[]) => () => void;
  readonly remove: () => void;
}

export function openWorkbench(): Workbench {
  const folder = mkdtempSync(join(tmpdir(), 'exchange-sync-mutants-'));
  // The servers of the tests run as a user of their own, and look for their files from here.
  chmodSync(folder, 0o755);
  for (const path of checkedOut()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(path, join(folder, path));
  }
  cpSync('dist', join(folder, 'dist'), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    broken: (edits) => broken(folder, edits),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What git knows or would add. */
const checkedOut = (): string[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
    .split('\0')
    .filter((path) => path !== '' && existsSync(path));

function broken(folder: string, edits: readonly Edit[]): () => void {
  const texts = new Map<string, string>();
  const restore = () => {
    for (const [path, text] of texts) writeFileSync(path, text);
  };
  try {
    for (const one of edits) {
      const path = join(folder, 'src', one.file);
      const text = readFileSync(path, 'utf8');
      if (!texts.has(path)) texts.set(path, text);
      writeFileSync(path, applied(one, text));
    }
    // The program is bundled from the sources themselves, and the tests are transformed as they run.
    execFileSync(process.execPath, ['.bundle.js'], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    restore();
    throw error;
  }
  return restore;
}
