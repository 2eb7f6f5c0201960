import Table from 'cli-table3';
import { join } from 'node:path';
import postgres from 'postgres';
import { startSimulator } from '../simulator/simulator.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { urlOf } from '../support/urls.js';
import { KEY, measure, type Measured, PROGRAM, SECRET } from './measure.js';
import { judgeStarts, measureStarts } from './starts.js';
import { say, verdict } from './verdict.js';

const RIVAL = join(import.meta.dirname, 'rival.js');
const DAY_MS = 86_400_000;
/** With ccxt's pacing the rival takes minutes from 1,000 assets on. */
const RIVAL_LIMIT = 100;
const FULL = process.argv.includes('--full');

interface Side extends Measured {
  readonly requests: number;
  readonly connections: number;
}

interface Contest {
  readonly assets: number;
  readonly latencyMs: number;
  readonly ours: Side;
  readonly rival: Side | undefined;
}

/** A sync at several sizes and latencies, and how long the commands take to start. */
export async function benchSync(): Promise<void> {
  const server = await startPostgres();
  try {
    const contests: Contest[] = [];
    for (const latencyMs of [0, 50]) {
      for (const assets of [10, 100, 1000]) contests.push(await contest(server, assets, latencyMs));
    }
    printContests(contests);
    judge(contests);
    judgeStarts(await measureStarts(server));
  } finally {
    await server.stop();
  }
}

/** exchange-sync in steady state against the plain way to write it. */
async function contest(server: TestServer, assets: number, latencyMs: number): Promise<Contest> {
  const database = await server.createDatabase();
  const url = urlOf(database);
  const simulator = await startSimulator({ latencyMs });
  const account = simulator.world.addAccount(KEY, SECRET);
  for (const { base } of simulator.world.addMarkets(assets))
    account.deposit(base, '3.5', { time: Date.now() - 20 * DAY_MS });
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  await sql`create table rival_items (id serial primary key, exchange_id text, asset text, quantity numeric, current_price numeric, avg_entry_price numeric)`;
  const env = {
    BYBIT_API_KEY: KEY,
    BYBIT_API_SECRET: SECRET,
    BYBIT_BASE_URL: simulator.url,
    DATABASE_URL: url,
  };
  const sessions = async () => {
    await sql`select pg_stat_force_next_flush()`;
    const [row] =
      await sql`select sessions::int as count from pg_stat_database where datname = current_database()`;
    return row?.['count'] as number;
  };
  const side = async (args: readonly string[]): Promise<Side> => {
    const [requests, connections] = [simulator.requests.length, await sessions()];
    const measured = await measure(args, env);
    return {
      ...measured,
      requests: simulator.requests.length - requests,
      connections: (await sessions()) - connections,
    };
  };
  try {
    await measure(
      [PROGRAM, 'sync', '--init', '--since', new Date(Date.now() - DAY_MS).toISOString().slice(0, 10)],
      env,
    );
    const ours = await side([PROGRAM, 'sync']);
    const tooLong = assets > RIVAL_LIMIT && !FULL;
    return { assets, latencyMs, ours, rival: tooLong ? undefined : await side([RIVAL]) };
  } finally {
    await sql.end();
    await simulator.stop();
  }
}

function printContests(contests: readonly Contest[]): void {
  const table = new Table({
    head: ['assets', 'latency', '', 'time', 'requests', 'connections', 'peak memory', 'ratio'],
    style: { head: [], border: [] },
  });
  const cells = (side: Side) => [
    `${side.seconds.toFixed(2)} s`,
    side.requests,
    side.connections,
    `${side.megabytes.toFixed(0)} MB`,
  ];
  for (const { assets, latencyMs, ours, rival } of contests) {
    const ratio = rival ? `${(rival.seconds / ours.seconds).toFixed(1)} times faster` : '';
    table.push([assets, `${latencyMs} ms`, 'exchange-sync', ...cells(ours), ratio]);
    table.push([
      '',
      '',
      'rival',
      ...(rival ? cells(rival) : ['skipped', '', '', '']),
      rival ? '' : '(--full)',
    ]);
  }
  say(table.toString());
}

function judge(contests: readonly Contest[]): void {
  const target = contests.find(({ assets, latencyMs }) => assets === 100 && latencyMs === 50);
  const faster = target?.rival ? target.rival.seconds / target.ours.seconds : NaN;
  const requests = Math.max(...contests.map(({ ours }) => ours.requests));
  const memory = Math.max(...contests.map(({ ours }) => ours.megabytes));
  verdict(requests <= 6, `requests of a steady-state sync at any size: ${requests} (at most 6)`);
  verdict(faster >= 20, `100 assets at 50 ms: ${faster.toFixed(1)} times faster (at least 20)`);
  verdict(memory < 110, `peak memory of sync: ${memory.toFixed(0)} MB (under 110)`);
}
