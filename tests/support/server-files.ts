import { chownSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestServer } from './postgres.js';

/** Writes a file into the server's directory that the server alone may read, as it demands of a key. */
export function writeServerFile({ dataDirectory }: TestServer, name: string, text: string): void {
  const path = join(dataDirectory, name);
  writeFileSync(path, text, { mode: 0o600 });
  const { uid, gid } = statSync(dataDirectory);
  chownSync(path, uid, gid);
}
