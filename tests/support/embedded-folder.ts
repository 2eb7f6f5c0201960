import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withDatabase } from '../../src/database/with-database.js';

const { version } = JSON.parse(readFileSync('node_modules/@electric-sql/pglite/package.json', 'utf8')) as {
  readonly version: string;
};
const TEMPLATE = join(tmpdir(), `exchange-sync-embedded-template-${version}`);

/** A new folder with an empty embedded database, copied from one that this machine made before: that takes seconds. */
export async function embeddedFolder(
  folder = mkdtempSync(join(tmpdir(), 'exchange-sync-embedded-')),
): Promise<string> {
  if (!existsSync(TEMPLATE)) await makeTemplate();
  cpSync(TEMPLATE, folder, { recursive: true });
  return folder;
}

/** Suites may make it at the same time: the first to have it whole wins. */
async function makeTemplate(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'exchange-sync-embedded-'));
  await withDatabase({ kind: 'embedded', directory: folder }, { lockWaitMs: 0 }, async (database) => {
    await database.run((sql) => sql`select 1`);
  });
  try {
    renameSync(folder, TEMPLATE);
  } catch (error) {
    if (!existsSync(TEMPLATE)) throw error;
    rmSync(folder, { recursive: true });
  }
}
