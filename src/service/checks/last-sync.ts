import { fetchLastSuccess } from '../../repository/sync-history.js';
import type { InspectStored } from './account.js';
import { nameFor, result, roughly } from './check.js';

/** How long ago the account was last in step as a whole. */
export const inspectLastSync: InspectStored = async (sql, { id }, { now, maxAge }) => {
  const name = nameFor('last-sync', id);
  const lastSuccess = await fetchLastSuccess(sql, id);
  if (lastSuccess === undefined) {
    return result(name, 'critical', `${id} has never been synced`, { remedy: `exchange-sync sync -e ${id}` });
  }
  const age = Math.max(0, now - lastSuccess);
  const performance = { age: `${Math.round(age / 1000)}s;;${maxAge / 1000}` };
  const message = `${id} was last in step ${roughly(age)} ago`;
  if (age <= maxAge) return result(name, 'ok', message, { performance });
  return result(name, 'critical', `${message}, more than ${roughly(maxAge)}`, {
    performance,
    remedy: `Look at what the last run said: exchange-sync sync -e ${id}; and whether cron runs it: crontab -l`,
  });
};
