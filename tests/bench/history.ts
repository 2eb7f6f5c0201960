import Table from 'cli-table3';
import postgres from 'postgres';
import { startSimulator } from '../simulator/simulator.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { urlOf } from '../support/urls.js';
import { KEY, measure, type Measured, medianOf, PROGRAM, SECRET } from './measure.js';
import { rowsRead } from './rows-read.js';
import { say, verdict } from './verdict.js';

const HOUR_MS = 3_600_000;
const FEW = 1_000;
const MANY = 1_000_000;
const ROUNDS = 9;
const MOST = 1.1;

interface Run extends Measured {
  /** Of all tables of ours, by any kind of scan. */
  readonly rows: number;
}

/** A database that holds so many trades, all of them reckoned in. */
interface History {
  readonly trades: number;
  /** The run that reckoned them in. */
  readonly first: Run;
  readonly sync: () => Promise<Run>;
  readonly end: () => Promise<void>;
}

/** Whether a sync in steady state takes more after a long history than after a short one. */
export async function benchHistory(): Promise<void> {
  const server = await startPostgres();
  const histories: History[] = [];
  try {
    for (const trades of [FEW, MANY]) histories.push(await openHistory(server, trades));
    const runs = histories.map((): Run[] => []);
    // In turns, so that whatever else the machine does bears on both alike.
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, { sync }] of histories.entries()) runs[index]?.push(await sync());
    }
    const steady = runs.map(middle);
    print(histories, steady);
    judge(steady);
  } finally {
    for (const history of histories) await history.end();
    await server.stop();
  }
}

async function openHistory(server: TestServer, trades: number): Promise<History> {
  const url = urlOf(await server.createDatabase());
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const simulator = await startSimulator();
  const account = simulator.world.addAccount(KEY, SECRET);
  account.deposit('USDT', '900', { time: Date.now() - 3 * HOUR_MS });
  const env = {
    BYBIT_API_KEY: KEY,
    BYBIT_API_SECRET: SECRET,
    BYBIT_BASE_URL: simulator.url,
    DATABASE_URL: url,
  };
  const sync = async (...options: readonly string[]): Promise<Run> => {
    const before = await rowsRead(sql);
    const measured = await measure([PROGRAM, 'sync', ...options], env);
    return { ...measured, rows: (await rowsRead(sql)) - before };
  };
  await sync('--since', new Date(Date.now() - 24 * HOUR_MS).toISOString().slice(0, 10));
  await storeTrades(sql, trades);
  const first = await sync();
  await sql`vacuum analyze`;
  await sync();
  return {
    trades,
    first,
    sync,
    end: async () => {
      await sql.end();
      await simulator.stop();
    },
  };
}

/** One every 100 seconds up to four hours ago: five coins bought, then sold in part; fees in cash or the coin. */
async function storeTrades(sql: postgres.Sql, count: number): Promise<void> {
  await sql`
    insert into exchange_sync.events (
      account, source, event_id, time, type, status, market, price, assets, amounts, roles, wallets, raw, affects_from)
    select 'bybit', 'trades', serial, time, 'trade', 'done', coin || '/USDT', 20.25,
           array[coin, 'USDT', case when serial % 3 = 0 then 'USDT' else coin end],
           array[amount, -20.25 * amount, -0.0015], array['base', 'quote', 'fee'], array[null, null, null], '{}', time
      from generate_series(0, ${count}::int - 1) as serial, lateral (
        select (array['ETH', 'SOL', 'XRP', 'ADA', 'DOT'])[1 + serial % 5] as coin,
               case when serial % 10 < 5 then 1.5 else -1.25 end as amount,
               now() - interval '4 hours' - (${count}::int - serial) * interval '100 seconds' as time) as trade`;
  await sql`analyze`;
}

const middle = (runs: readonly Run[]): Run => ({
  seconds: medianOf(runs.map(({ seconds }) => seconds)),
  megabytes: medianOf(runs.map(({ megabytes }) => megabytes)),
  rows: medianOf(runs.map(({ rows }) => rows)),
});

function print(histories: readonly History[], steady: readonly Run[]): void {
  const table = new Table({
    head: ['stored trades', 'sync', 'time', 'rows read', 'peak memory'],
    style: { head: [], border: [] },
  });
  const cells = ({ seconds, rows, megabytes }: Run) => [
    `${seconds.toFixed(2)} s`,
    rows.toLocaleString('en'),
    `${megabytes.toFixed(0)} MB`,
  ];
  for (const [index, { trades, first }] of histories.entries()) {
    const run = steady[index];
    table.push([trades.toLocaleString('en'), 'that reckons them in', ...cells(first)]);
    if (run) table.push(['', `steady, median of ${ROUNDS}`, ...cells(run)]);
  }
  say(table.toString());
}

function judge([few, many]: readonly Run[]): void {
  if (!few || !many) throw new Error('nothing was measured');
  for (const [name, of] of [
    ['time', ({ seconds }: Run) => seconds],
    ['rows', ({ rows }: Run) => rows],
    ['memory', ({ megabytes }: Run) => megabytes],
  ] as const) {
    const ratio = of(many) / of(few);
    verdict(
      ratio <= MOST,
      `${name} after ${MANY.toLocaleString('en')} trades: ${ratio.toFixed(2)} times that after ${FEW.toLocaleString('en')} (at most ${MOST})`,
    );
  }
}
