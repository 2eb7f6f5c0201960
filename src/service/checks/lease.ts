import { fetchLease } from '../../repository/leases.js';
import { type InspectStored, nameFor, result, roughly } from './check.js';

/** Whether a run is at work now, or one died. */
export const inspectLease: InspectStored = async (sql, { id }, { now }) => {
  const name = nameFor('lease', id);
  const lease = await fetchLease(sql, id);
  if (!lease) return result(name, 'ok', 'no run is at work');
  const since = roughly(Math.max(0, now - lease.acquiredAt));
  if (!lease.expired) return result(name, 'ok', `${lease.holder} has been at work for ${since}`);
  return result(name, 'warning', `a run of ${lease.holder} began ${since} ago and never ended`, {
    remedy: 'It was killed, or its machine went down. The next sync takes over: exchange-sync sync',
  });
};
