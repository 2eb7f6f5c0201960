import type { Sql } from 'postgres';
import type { RunningCli } from './cli.js';
import { until } from './until.js';

/** A run that waits in the middle of its commit, or just behind it. */
export interface HeldCommit extends RunningCli {
  /** Process id of the server's side. */
  readonly backend: number;
  /** Lets it go on. */
  readonly free: () => Promise<void>;
}

const LOCKS = {
  'in its first row': (sql: Sql) => sql`update portfolio_items set quantity = quantity`,
  'before its first row': (sql: Sql) => sql`lock table exchange_sync.snapshots in share row exclusive mode`,
  // What gives the lease back waits for a lock that is no table's.
  'after its last row': async (sql: Sql) => {
    await sql`create function wait() returns trigger language plpgsql as
      'begin perform pg_advisory_xact_lock(1); return old; end'`;
    await sql`create trigger wait before delete on exchange_sync.leases for each row execute function wait()`;
    await sql`commit`;
    await sql`begin`;
    await sql`select pg_advisory_xact_lock(1)`;
  },
} as const;

export type Moment = keyof typeof LOCKS;

/** While it holds, no commit gets beyond that moment. */
export interface Block {
  /** Process id of the server's side of a commit that waits. */
  readonly waiting: () => Promise<number | undefined>;
  readonly free: () => Promise<void>;
}

export async function blockCommits(sql: Sql, moment: Moment): Promise<Block> {
  const blocker = await sql.reserve();
  const free = async () => {
    await blocker`rollback`;
    blocker.release();
  };
  await blocker`begin`;
  await LOCKS[moment](blocker).catch(async (error: unknown) => {
    await free();
    throw error;
  });
  return {
    waiting: async () => {
      const [row] = await sql<{ pid: number }[]>`
        select pid from pg_stat_activity
         where datname = current_database() and application_name = 'exchange-sync' and wait_event_type = 'Lock'`;
      return row?.pid;
    },
    free,
  };
}

/** Starts a sync and resolves once its commit waits for a lock that another session holds. */
export async function holdCommit(sql: Sql, moment: Moment, start: () => RunningCli): Promise<HeldCommit> {
  const { waiting, free } = await blockCommits(sql, moment);
  const running = start();
  return { ...running, backend: await until(waiting), free };
}

/** Resolves once the server does nothing for the program any more. */
export async function quiet(sql: Sql): Promise<void> {
  await until(async () => {
    const rows = await sql`
      select from pg_stat_activity where datname = current_database() and application_name = 'exchange-sync'`;
    return rows.length === 0 ? true : undefined;
  });
}
