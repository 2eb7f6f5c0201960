import type { Evidence } from '../evidence.js';
import { msOf, printed } from '../records.js';

const TIME_TO_LIVE_MS = 120_000;

/** Whoever ended by itself holds nothing; what the dead hold ends within a lease's time. */
export const leases = ({ after, before, runs, serverDisturbed, now }: Evidence): string[] =>
  after.leases.flatMap((lease) => {
    const holder = `the lease ${printed(lease)}`;
    const ends = lease['expires_at'] === '-infinity' ? -Infinity : msOf(lease['expires_at']);
    const isOld = before.leases.some((one) => one['run_id'] === lease['run_id']);
    const run = runs.find(({ pid }) => lease['holder']?.endsWith(`:${pid}`));
    const mayHold = isOld || (run && (run.report === undefined || serverDisturbed));
    return [
      ...(ends <= now + TIME_TO_LIVE_MS ? [] : [`${holder} ends later than its time`]),
      ...(mayHold ? [] : [`${holder} is held by a run that has ended by itself`]),
    ];
  });
