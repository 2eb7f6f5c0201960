import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { secretsOf, toldSecrets } from './told-secrets.js';

type Env = Readonly<Record<string, string>>;

/** Where a run writes: its log, its metrics, the embedded database and all that is beside it. */
const PLACES = ['EXCHANGE_SYNC_DATA_DIR', 'EXCHANGE_SYNC_LOG_FILE', 'EXCHANGE_SYNC_METRICS_FILE'] as const;

/** Of all runs of the suite. */
const given = new Map<string, string>();
const places = new Set<string>();
let runs = 0;

/** From now on nothing that is looked at may hold what this run was given. */
export function watchRun(env: Env): void {
  runs += 1;
  for (const [name, secret] of secretsOf(env)) given.set(secret, name);
  for (const place of PLACES) if (env[place]) places.add(env[place]);
}

/** How many runs of the program were watched so far. */
export const watchedRuns = (): number => runs;

/** Throws where a run said what it was given. */
export function refuseTold(env: Env, text: string): void {
  const told = toldSecrets(env, text);
  if (told.length > 0) throw new Error(`the program told ${told.join(', ')}:\n${text}`);
}

/** Throws where a byte of what runs wrote, or of these folders, is a secret of any run of the suite. */
export function refuseLeft(folders: Iterable<string> = places): void {
  const left = [...folders].flatMap(filesBelow).flatMap(namesIn);
  if (left.length > 0) throw new Error(`the program left secrets: ${left.join(', ')}`);
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  const found = lstatSync(path);
  if (found.isFile()) return [path];
  // Neither links, which lead out of here, nor what is no file at all.
  return found.isDirectory() ? readdirSync(path).flatMap((name) => filesBelow(join(path, name))) : [];
}

function namesIn(path: string): string[] {
  const bytes = readFileSync(path);
  return [...given].filter(([secret]) => bytes.includes(secret)).map(([, name]) => `${name} in ${path}`);
}
