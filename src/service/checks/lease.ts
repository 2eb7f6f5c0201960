import { fetchLease } from '../../repository/leases.js';
import { shortDuration } from '../../models/duration.js';
import { type InspectStored, nameFor, result } from './check.js';

/** Whether a sync is running now, or one died. */
export const inspectLease: InspectStored = async (sql, { id }, { now }) => {
  const name = nameFor('lease', id);
  const lease = await fetchLease(sql, id);
  if (!lease) return result(name, 'ok', 'no sync is running');
  const since = shortDuration(Math.max(0, now - lease.acquiredAt));
  if (!lease.expired) return result(name, 'ok', `${lease.holder} has been syncing for ${since}`);
  return result(
    name,
    'warning',
    `stale lock from ${lease.holder} (${since}): that run was killed or its machine went down; the next sync clears it`,
    {
      remedy: 'exchange-sync sync',
    },
  );
};
