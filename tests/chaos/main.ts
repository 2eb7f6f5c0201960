import { parseArgs } from 'node:util';
import { DATABASES, playCampaign, type ToldRound } from './campaign.js';

const MOST_SHOWN = 20;
const LONGEST_SHOWN = 3_000;

/** `npm run chaos`: random histories, disturbed; a failure is played again by its seed. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    runs: { type: 'string', default: '20' },
    database: { type: 'string', default: 'postgres' },
    bail: { type: 'boolean', default: false },
  },
});
const database = DATABASES.find((kind) => kind === values.database);
if (database === undefined) throw new Error(`--database is one of ${DATABASES.join(', ')}`);
const options = { seed: Number(values.seed), runs: Number(values.runs), database };
const say = (line: string) => process.stdout.write(`${line}\n`);

const rounds: ToldRound[] = [];
say(`seed ${options.seed}: ${options.runs} rounds, ${options.database}`);
for await (const played of playCampaign(options)) {
  rounds.push(played);
  const { seed, round, ends, milliseconds, story, wrong } = played;
  const mark = wrong.length === 0 ? 'ok' : 'WRONG';
  say(
    `${seed} round ${round}: ${mark}, ${milliseconds} ms, ended with ${ends.join(', ')}; ${story.join('; ')}`,
  );
  for (const line of wrong.slice(0, MOST_SHOWN)) say(`  ${line.slice(0, LONGEST_SHOWN)}`);
  if (wrong.length === 0) continue;
  say(`  again: npm run chaos -- --seed ${seed} --runs ${round} --database ${options.database}`);
  if (values.bail) break;
}
const failed = rounds.filter(({ wrong }) => wrong.length > 0);
const times = rounds.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
say(`${rounds.length} rounds, ${failed.length} wrong, ${times[times.length >> 1] ?? 0} ms at the median`);
// No round at all proves nothing, as where --runs is no number.
process.exitCode = failed.length === 0 && rounds.length > 0 ? 0 : 1;
