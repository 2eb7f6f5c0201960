import type { Sql } from 'postgres';
import { setTimeout as pause } from 'node:timers/promises';
import { asked, type Disturbance, someRequest } from '../simulation/disturbances.js';
import type { AtServer } from './server-troubles.js';

/** Time for a whole run beside it. */
const LONGEST_MS = 4_000;

/** As by a machine that sleeps: whoever comes meanwhile takes over the account, and stores it. */
export const SUSPENDED: Disturbance<AtServer> = {
  name: 'suspended beyond its lease',
  codes: [0, 3, 75],
  draw: (random) => {
    const [at, forMs] = [someRequest(random), random.whole(100, LONGEST_MS)];
    return {
      detail: `at the ${at}th request, for ${forMs} ms`,
      befall: async ({ simulator, database: { sql } }, run) => {
        await asked(simulator, at, run);
        run.child.kill('SIGSTOP');
        await endLeasesOf(sql, run.child.pid ?? 0);
        await pause(forMs);
        run.child.kill('SIGCONT');
      },
    };
  },
};

/** As if their time had passed. */
async function endLeasesOf(sql: Sql, pid: number): Promise<void> {
  const [known] = await sql`select to_regclass('exchange_sync.leases') is not null as there`;
  if (!known?.['there']) return;
  await sql`update exchange_sync.leases set expires_at = '-infinity' where holder like ${`%:${pid}`}`;
}
