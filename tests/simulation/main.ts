import { parseArgs } from 'node:util';
import { startPostgres } from '../support/postgres.js';
import { prove } from './prove.js';

const MOST_SHOWN = 20;

/** `npm run test:simulation`: a long random history; a failure is played again by its seed. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    trades: { type: 'string', default: '5000' },
    cuts: { type: 'string', default: '24' },
  },
});
const options = { seed: Number(values.seed), trades: Number(values.trades), cuts: Number(values.cuts) };
const say = (line: string) => process.stdout.write(`${line}\n`);

say(
  `seed ${options.seed}: ${options.trades} trades in ${options.cuts} cuts (--seed ${options.seed} plays it again)`,
);
const server = await startPostgres();
try {
  const { differences, trades, runs, atOnce } = await prove(server, options);
  for (const { what, code, milliseconds, requests } of [...runs, ...atOnce])
    say(`  ${what}: ${String(code)}, ${milliseconds} ms, ${requests} requests`);
  for (const difference of differences.slice(0, MOST_SHOWN)) say(difference.slice(0, 1500));
  say(`${trades} trades, ${runs.length} syncs and ${atOnce.length}: ${differences.length} differences`);
  process.exitCode = differences.length === 0 ? 0 : 1;
} finally {
  await server.stop();
}
