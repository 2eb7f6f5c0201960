import { fetchGaps } from '../../repository/snapshots.js';
import { shortDuration } from '../../models/duration.js';
import { type InspectStored, nameFor, result } from './check.js';
import { DAY_MS } from '../../models/day.js';

const LOOK_BACK_MS = 7 * DAY_MS;

/**
 * Whether runs were missed. A gap of less than a day, or one that ended more than a day ago, is information;
 * several gaps that ended within a day, or one as long as a day, are a warning.
 */
export const inspectSnapshots: InspectStored = async (sql, { id }, { now, maxAge }) => {
  const name = nameFor('snapshots', id);
  const { snapshots, gaps } = await fetchGaps(sql, id, { since: now - LOOK_BACK_MS, longest: maxAge });
  if (snapshots === 0) return undefined;
  const longest = gaps.reduce((most, { length }) => Math.max(most, length), 0);
  const performance = { gaps: `${gaps.length}` };
  if (gaps.length === 0) {
    return result(name, 'ok', 'no run was missed in the last 7 days', { performance });
  }
  const message =
    gaps.length === 1
      ? `1 gap in the last 7 days, lasting ${shortDuration(longest)}`
      : `${gaps.length} gaps in the last 7 days, the longest of ${shortDuration(longest)}`;
  const lately = gaps.filter(({ to }) => now - to <= DAY_MS);
  const isLong = lately.some(({ length }) => length >= DAY_MS);
  if (lately.length <= 1 && !isLong) return result(name, 'ok', message, { performance, information: true });
  return result(name, 'warning', message, {
    performance,
    remedy: 'Check the log for failed runs and whether this machine was up. No trades are lost.',
  });
};
