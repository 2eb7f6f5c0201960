import { historyEdges } from '../../client/retention.js';
import { fetchCursors } from '../../repository/account-state.js';
import { DAY_MS, isoDay } from '../../models/day.js';
import { shortDuration } from '../../models/duration.js';
import { type InspectStored, nameFor, result } from './check.js';

const NEAR_MS = 30 * DAY_MS;

/** The time left before the exchange removes records that were never synced. */
export const inspectRetention: InspectStored = async (sql, account, { now }) => {
  const name = nameFor('retention', account.id);
  const edges = historyEdges(account, await fetchCursors(sql, account.id), now);
  const [nearest] = [...edges].sort((a, b) => a.safeMs - b.safeMs);
  if (!nearest) return undefined;
  const { stream, oldest, safeMs } = nearest;
  const performance = { safe: `${Math.floor(safeMs / DAY_MS)};${NEAR_MS / DAY_MS}:;0:` };
  const limit = `nothing before ${isoDay(oldest)} is available`;
  if (safeMs <= 0) {
    return result(name, 'critical', `some ${stream} were never synced and are lost: ${limit}`, {
      performance,
      remedy: `Sync the rest now: exchange-sync sync -e ${account.id}. The gap appears as quantities of unknown cost.`,
    });
  }
  if (safeMs > NEAR_MS) {
    const message = `history is synced well within the exchange's retention (${shortDuration(safeMs)} to spare; ${limit})`;
    return result(name, 'ok', message, { performance });
  }
  const message = `${stream} that are not synced within ${shortDuration(safeMs)} will be lost: ${limit}`;
  return result(name, 'warning', message, { performance, remedy: `exchange-sync sync -e ${account.id}` });
};
