import { mkdirSync } from 'node:fs';
import module from 'node:module';
import { cacheDirectory } from '../config/directories.js';
import { distrust } from '../ownership.js';

/** Since Node 22.8. */
const { enableCompileCache } = module as { enableCompileCache?: (directory: string) => unknown };

/**
 * Lets Node keep what V8 compiles of the modules imported after this call, in the user's own cache folder.
 * Without the cache the program starts more slowly and works the same, so no failure is reported.
 */
export function useCompileCache(): void {
  const directory = cacheDirectory(process.env);
  if (!enableCompileCache || directory === undefined) return;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    // Node runs what is in it: a folder that others can write to would let them run code.
    if (distrust(directory, 'read') === undefined) enableCompileCache(directory);
  } catch {
    // For example a home directory that is read-only or missing.
  }
}
