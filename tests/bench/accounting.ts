import Table from 'cli-table3';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { say, verdict } from './verdict.js';

const RUN = join(import.meta.dirname, 'accounting-run.js');
const MILLION = 1_000_000;

interface Result {
  readonly side: string;
  readonly events: number;
  readonly seconds: number;
  readonly megabytes: number;
}

/** How fast a history is replayed, and what it takes. */
export function benchAccounting(): void {
  const results = [
    run('average', MILLION),
    run('average', MILLION / 10),
    run('fifo', MILLION),
    run('fifo', MILLION / 10),
    run('lifo', MILLION / 10),
    run('hifo', MILLION / 10),
    run('floats', MILLION),
    run('rustledger', 2_000),
  ];
  printTable(results);
  judge(results);
}

/** The fastest of three, as whatever else the machine does only ever takes time; the memory of the same run. */
function run(side: string, events: number): Result {
  const runs = [1, 2, 3].map((): Result => {
    const output = execFileSync(process.execPath, [RUN, side, String(events)], { encoding: 'utf8' });
    return { side, events, ...(JSON.parse(output) as Pick<Result, 'seconds' | 'megabytes'>) };
  });
  return runs.reduce((best, next) => (next.seconds < best.seconds ? next : best));
}

function printTable(results: readonly Result[]): void {
  const table = new Table({
    head: ['', 'trades', 'processor time', 'trades/s', 'peak memory'],
    style: { head: [], border: [] },
  });
  for (const result of results) {
    const { side, events, seconds, megabytes } = result;
    const [count, rate] = [events.toLocaleString('en'), Math.round(rateOf(result)).toLocaleString('en')];
    table.push([side, count, `${seconds.toFixed(2)} s`, rate, `${megabytes.toFixed(0)} MB`]);
  }
  say(table.toString());
}

function judge(results: readonly Result[]): void {
  const find = (side: string, events = MILLION) => resultOf(results, side, events);
  const [average, fifo, floats] = [find('average'), find('fifo'), find('floats')];
  const slower = fifo.seconds / average.seconds;
  verdict(rateOf(average) >= 300_000, `average: ${Math.round(rateOf(average))} trades/s (at least 300,000)`);
  verdict(slower <= 2, `FIFO: ${slower.toFixed(2)} times the time of average (at most 2)`);
  for (const long of [average, fifo]) {
    const growth = long.megabytes / find(long.side, MILLION / 10).megabytes;
    verdict(
      growth <= 1.2,
      `${long.side}: ${growth.toFixed(2)} times the memory for 10 times the history (at most 1.2)`,
    );
  }
  const price = average.seconds / floats.seconds;
  say(
    `exactness, and all that is counted beside the average, take ${price.toFixed(1)} times the time of plain floats`,
  );
}

function resultOf(results: readonly Result[], side: string, events: number): Result {
  const result = results.find((item) => item.side === side && item.events === events);
  if (!result) throw new Error(`${side} was not measured`);
  return result;
}

function rateOf({ events, seconds }: Result): number {
  return events / seconds;
}
