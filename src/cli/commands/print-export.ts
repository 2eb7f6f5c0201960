import { embeddedDirectory } from '../../config/directories.js';
import { orThrow } from '../../config/problems.js';
import { writeOut } from '../../render/output.js';
import { exportStored } from '../../service/export-stored.js';
import { loadEnvironment } from '../context.js';
import { EXIT } from '../exit-codes.js';

/** Runs the command and returns its exit status. DATABASE_URL may already name the server to move to. */
export async function printExport(): Promise<number> {
  const directory = orThrow(embeddedDirectory(loadEnvironment().env));
  await exportStored(directory, async (text) => (await writeOut(text)) === 'written');
  return EXIT.ok;
}
