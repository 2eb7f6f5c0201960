import { parseArgs } from 'node:util';
import { startPostgres } from '../support/postgres.js';
import { type PlayedLie, playLie } from './play.js';

const MOST_SHOWN = 12;
const LONGEST_SHOWN = 2_000;

/** `node dist/tests/fuzz/main.js --seed 1 --runs 300`: a failure is played again by its seed. */
const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, runs: { type: 'string', default: '100' } },
});
const [first, runs] = [Number(values.seed), Number(values.runs)];
const say = (line: string) => process.stdout.write(`${line}\n`);

const server = await startPostgres();
const failed: number[] = [];
for (let seed = first; seed < first + runs; seed += 1) {
  const { lie, told, ends, wrong, milliseconds } = await contained(seed);
  const mark = wrong.length === 0 ? 'ok' : 'WRONG';
  say(`${seed}: ${mark}, ${milliseconds} ms, ended with ${ends.join(', ')}; ${lie}; told ${told} times`);
  for (const line of wrong.slice(0, MOST_SHOWN)) say(`  ${line.slice(0, LONGEST_SHOWN)}`);
  if (wrong.length > 0) failed.push(seed);
}
await server.stop();
say(`${runs} lies, ${failed.length} wrong: ${failed.join(' ')}`);
// No lie at all proves nothing, as where --runs is no number.
process.exitCode = failed.length === 0 && runs > 0 ? 0 : 1;

/** A lie that could not be played to its end went wrong. */
async function contained(seed: number): Promise<PlayedLie> {
  try {
    return await playLie(server, seed);
  } catch (error) {
    const wrong = [error instanceof Error ? String(error.stack) : String(error)];
    return { lie: '', told: 0, ends: [], wrong, milliseconds: 0 };
  }
}
