import postgres, { type Sql } from 'postgres';
import { setTimeout as pause } from 'node:timers/promises';
import { atMoment, type Disturbance, type Disturbed } from '../simulation/disturbances.js';
import type { Random } from '../simulation/random.js';
import type { Direction } from '../support/cut-line.js';
import type { ServerDatabase } from './database.js';
import type { Over } from './plan.js';

export interface AtServer extends Disturbed {
  readonly database: ServerDatabase;
}

type Trouble = Disturbance<AtServer, Over>;

const LATEST_MS = 3_500;
const LOST = [0, 3, 74];
const DIRECTIONS: readonly Direction[] = ['to the server', 'from the server'];

/** Something at a random moment, for a random time. */
const atSomeMoment = (
  name: string,
  codes: readonly number[],
  longestMs: number,
  happen: (database: ServerDatabase, forMs: number, over: Over) => Promise<void>,
): Trouble => ({
  name,
  codes,
  draw: (random) => {
    const [moment, forMs] = [random.whole(100, LATEST_MS), random.whole(50, longestMs)];
    return {
      detail: `after ${moment} ms, for ${forMs} ms`,
      befall: async ({ database }, over) => {
        await atMoment(moment, over.ended);
        await happen(database, forMs, over);
      },
    };
  },
});

const restarted = (how: 'fast' | 'immediate'): Trouble =>
  atSomeMoment(`the server restarted, ${how}`, LOST, 1_500, async ({ server }, forMs) => {
    await server.halt(how);
    await pause(forMs);
    await server.resume();
  });

const CONNECTIONS_ENDED = atSomeMoment('connections ended', LOST, 800, async ({ sql }, forMs) => {
  const until = performance.now() + forMs;
  while (performance.now() < until) {
    await backends(sql, 'pg_terminate_backend');
    await pause(20);
  }
});

const QUERIES_CANCELLED = atSomeMoment('queries cancelled', LOST, 300, async ({ sql }, forMs) => {
  const until = performance.now() + forMs;
  while (performance.now() < until) {
    await backends(sql, 'pg_cancel_backend');
    await pause(20);
  }
});

/** What the server does for the program. */
const backends = (sql: Sql, act: 'pg_terminate_backend' | 'pg_cancel_backend') => sql`
  select ${sql(act)}(pid) from pg_stat_activity
   where datname = current_database() and application_name = 'exchange-sync'`;

const FROZEN = atSomeMoment('the server frozen', [0], 2_500, async ({ server, sql }, forMs) => {
  const rows = await sql<
    { pid: number }[]
  >`select pid from pg_stat_activity where application_name = 'exchange-sync'`;
  const pids = [server.pid(), ...rows.map(({ pid }) => pid)];
  signal(pids, 'SIGSTOP');
  await pause(forMs);
  signal(pids, 'SIGCONT');
});

function signal(pids: readonly number[], name: 'SIGSTOP' | 'SIGCONT'): void {
  for (const pid of pids)
    try {
      process.kill(pid, name);
    } catch {
      // It has ended by itself.
    }
}

const TOO_MANY = atSomeMoment('too many connections', LOST, 4_000, async ({ server }, forMs) => {
  const held: Sql[] = [];
  const options = { port: server.port, user: 'postgres', password: 'postgres', database: 'postgres' };
  for (let full = false; !full;) {
    const one = postgres({ ...options, host: '127.0.0.1', max: 1, idle_timeout: 0 });
    held.push(one);
    full = await one`select`.then(
      () => false,
      () => true,
    );
  }
  await pause(forMs);
  await Promise.all(held.map((one) => one.end({ timeout: 1 })));
});

const CUT: Trouble = {
  name: 'the line cut',
  codes: LOST,
  draw: (random: Random) => {
    const [bytes, direction] = [2 ** random.whole(4, 16) + random.whole(0, 999), random.pick(DIRECTIONS)];
    return {
      detail: `after ${bytes} bytes ${direction}`,
      befall: async ({ database }, over) => {
        database.line.cutAfter(bytes, direction);
        await over.ended;
        database.line.cutAfter(Infinity, direction);
      },
    };
  },
};

/** What may befall every run of a round at the server. */
export const SERVER_TROUBLES: readonly (readonly [number, Trouble])[] = [
  [3, CONNECTIONS_ENDED],
  [1, QUERIES_CANCELLED],
  [1, restarted('fast')],
  [1, restarted('immediate')],
  [1, FROZEN],
  [4, CUT],
  [1, TOO_MANY],
];
