import Table from 'cli-table3';
import { startSimulator } from '../simulator/simulator.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { urlOf } from '../support/urls.js';
import { KEY, measure, type Measured, PROGRAM, SECRET } from './measure.js';
import { say, verdict } from './verdict.js';

const COUNTS = [10, 100] as const;
const ASSETS = 20;
const MAX_MEMORY_RATIO = 1.2;
/** V8 lets garbage wait while there is room: in a small heap the peak is what is in use. */
const HEAP = '--max-old-space-size=48';

/** What a sync of many accounts takes beside one of few: the memory of each account is freed when it ends. */
export async function benchAccounts(): Promise<void> {
  const server = await startPostgres();
  try {
    const [few, many] = [await syncOf(server, COUNTS[0]), await syncOf(server, COUNTS[1])];
    const table = new Table({
      head: ['accounts', 'time of a sync', 'peak memory'],
      style: { head: [], border: [] },
    });
    for (const [at, { seconds, megabytes }] of [few, many].entries()) {
      table.push([COUNTS[at] ?? 0, `${seconds.toFixed(2)} s`, `${megabytes.toFixed(0)} MB`]);
    }
    say(table.toString());
    const ratio = many.megabytes / few.megabytes;
    verdict(
      ratio <= MAX_MEMORY_RATIO,
      `memory of ${COUNTS[1]} accounts: ${ratio.toFixed(2)} times that of ${COUNTS[0]} (at most ${MAX_MEMORY_RATIO})`,
    );
  } finally {
    await server.stop();
  }
}

/** A sync in steady state of so many accounts of one exchange. */
async function syncOf(server: TestServer, count: number): Promise<Measured> {
  const simulator = await startSimulator();
  const markets = simulator.world.addMarkets(ASSETS);
  const env: Record<string, string> = {
    DATABASE_URL: urlOf(await server.createDatabase()),
    NODE_OPTIONS: HEAP,
  };
  for (let number = 1; number <= count; number += 1) {
    const [key, secret] = [`${KEY}s${number}`, `${SECRET}s${number}`];
    const account = simulator.world.addAccount(key, secret);
    for (const { base } of markets) account.deposit(base, '3.5', { time: Date.now() - 3_600_000 });
    env[`BYBIT_S${number}_API_KEY`] = key;
    env[`BYBIT_S${number}_API_SECRET`] = secret;
    env[`BYBIT_S${number}_BASE_URL`] = simulator.url;
  }
  try {
    const since = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await measure([PROGRAM, 'sync', '--since', since], env);
    return await measure([PROGRAM, 'sync'], env);
  } finally {
    await simulator.stop();
  }
}
