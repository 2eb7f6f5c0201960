import { fetchLastSuccess } from '../../repository/runs.js';
import { shortDuration } from '../../models/duration.js';
import { type InspectStored, nameFor, result } from './check.js';

const FUTURE_REMEDY =
  'The clock of the machine or of the database server was wrong then. Correct it, and remove the rows of ' +
  'exchange_sync.runs whose ended_at is in the future.';

/** How long ago the account was last synced as a whole, by the database's clock alone. */
export const inspectLastSync: InspectStored = async (sql, { id }, { maxAge }) => {
  const name = nameFor('last-sync', id);
  const { endedAt, age, future } = await fetchLastSuccess(sql, id);
  if (future !== undefined) {
    return result(
      name,
      'critical',
      `a sync of ${id} is dated in the future: ${new Date(future).toISOString()}`,
      {
        remedy: FUTURE_REMEDY,
      },
    );
  }
  if (endedAt === undefined) {
    return result(name, 'critical', `${id} has never been synced`, { remedy: `exchange-sync sync -e ${id}` });
  }
  const performance = { age: `${Math.round(age / 1000)}s;;${maxAge / 1000}` };
  const message = `last successful sync ${shortDuration(age)} ago`;
  if (age <= maxAge) return result(name, 'ok', message, { performance });
  return result(name, 'critical', `${message}, more than ${shortDuration(maxAge)}`, {
    performance,
    remedy: `See the output of exchange-sync sync -e ${id}; and whether cron runs it: crontab -l`,
  });
};
