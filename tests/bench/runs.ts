import Table from 'cli-table3';
import postgres from 'postgres';
import { startSimulator } from '../simulator/simulator.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { urlOf } from '../support/urls.js';
import { KEY, measure, type Measured, medianOf, PROGRAM, SECRET } from './measure.js';
import { rowsRead } from './rows-read.js';
import { say, verdict } from './verdict.js';

const FEW = 1_000;
const MANY = 1_000_000;
const ROUNDS = 7;
const MAX_RATIO = 1.1;
const COMMANDS = {
  show: ['show', '--format', 'json'],
  check: ['check', '--offline', '--only', 'last-sync', '--only', 'snapshots'],
} as const;

type Command = keyof typeof COMMANDS;

interface Run extends Measured {
  readonly rows: number;
}

/** Whether `show` and `check` take more after many runs than after few, all older than what they ask for. */
export async function benchRuns(): Promise<void> {
  const server = await startPostgres();
  try {
    const databases = [await openDatabase(server, FEW), await openDatabase(server, MANY)];
    const table = new Table({
      head: ['', 'stored runs', 'time', 'rows read'],
      style: { head: [], border: [] },
    });
    const verdicts: (() => void)[] = [];
    for (const command of Object.keys(COMMANDS) as Command[]) {
      const runs = databases.map((): Run[] => []);
      // In turns, so that whatever else the machine does bears on both alike.
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const [at, { run }] of databases.entries()) runs[at]?.push(await run(command));
      }
      const [few, many] = runs.map(medianRun);
      if (!few || !many) throw new Error('nothing was measured');
      table.push([command, FEW.toLocaleString('en'), ...cells(few)]);
      table.push(['', MANY.toLocaleString('en'), ...cells(many)]);
      verdicts.push(() => {
        judge(`${command}: time`, many.seconds / few.seconds);
        judge(`${command}: rows`, many.rows / few.rows);
      });
    }
    say(table.toString());
    for (const print of verdicts) print();
    for (const { end } of databases) await end();
  } finally {
    await server.stop();
  }
}

/** A synced account with so many older runs, snapshots and rows of sync_history, one a minute up to 30 days ago. */
async function openDatabase(server: TestServer, count: number) {
  const url = urlOf(await server.createDatabase());
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const simulator = await startSimulator();
  simulator.world.addAccount(KEY, SECRET).deposit('BTC', '1', { time: Date.now() - 3_600_000 });
  const env = {
    BYBIT_API_KEY: KEY,
    BYBIT_API_SECRET: SECRET,
    BYBIT_BASE_URL: simulator.url,
    DATABASE_URL: url,
  };
  const since = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  await measure([PROGRAM, 'sync', '--since', since], env);
  await simulator.stop();
  await sql`
    with run as (
      insert into exchange_sync.runs (account, run_id, started_at, ended_at, success)
      select 'bybit', gen_random_uuid(), at - interval '1 second', at, true
        from (select now() - interval '30 days' - n * interval '1 minute' as at
                from generate_series(1, ${count}::integer) n) as time
      returning *),
    snapshot as (
      insert into exchange_sync.snapshots (account, run_id, taken_at, complete, value, unpriced_assets)
      select account, run_id, ended_at, true, 1, '{}' from run)
    insert into public.sync_history (exchange_id, sync_type, success, start_time, end_time)
    select account, 'portfolio', true, started_at at time zone 'UTC', ended_at at time zone 'UTC' from run`;
  await sql`vacuum analyze`;
  return {
    run: async (command: Command): Promise<Run> => {
      const before = await rowsRead(sql);
      const measured = await measure([PROGRAM, ...COMMANDS[command]], env);
      return { ...measured, rows: (await rowsRead(sql)) - before };
    },
    end: () => sql.end(),
  };
}

const medianRun = (runs: readonly Run[]): Run => ({
  seconds: medianOf(runs.map(({ seconds }) => seconds)),
  megabytes: medianOf(runs.map(({ megabytes }) => megabytes)),
  rows: medianOf(runs.map(({ rows }) => rows)),
});

const cells = ({ seconds, rows }: Run): string[] => [`${seconds.toFixed(2)} s`, rows.toLocaleString('en')];

const judge = (name: string, ratio: number): void => {
  const [few, many] = [FEW.toLocaleString('en'), MANY.toLocaleString('en')];
  verdict(
    ratio <= MAX_RATIO,
    `${name} after ${many} runs: ${ratio.toFixed(2)} times that after ${few} (at most ${MAX_RATIO})`,
  );
};
