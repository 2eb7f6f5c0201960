import { historyEdges } from '../../client/retention.js';
import { fetchCursors } from '../../repository/account-state.js';
import { DAY_MS, isoDay } from '../../models/day.js';
import { type InspectStored, nameFor, result, roughly } from './check.js';

const NEAR_MS = 30 * DAY_MS;

/** How long the account may stay away before the exchange forgets what was not read. */
export const inspectRetention: InspectStored = async (sql, account, { now }) => {
  const name = nameFor('retention', account.id);
  const edges = historyEdges(account, await fetchCursors(sql, account.id), now);
  const [nearest] = [...edges].sort((a, b) => a.safeMs - b.safeMs);
  if (!nearest) return undefined;
  const { stream, oldest, safeMs } = nearest;
  const performance = { safe: `${Math.floor(safeMs / DAY_MS)};${NEAR_MS / DAY_MS}:;0:` };
  const cliff = `${stream} older than ${isoDay(oldest)} can no longer be fetched`;
  if (safeMs <= 0) {
    return result(name, 'critical', `${cliff}; some were never read`, {
      performance,
      remedy: `Sync what is left now: exchange-sync sync -e ${account.id}. The gap shows as quantities of unknown cost.`,
    });
  }
  const message = `${cliff}; the cursor is safe by ${roughly(safeMs)}`;
  if (safeMs > NEAR_MS) return result(name, 'ok', message, { performance });
  return result(name, 'warning', message, { performance, remedy: `exchange-sync sync -e ${account.id}` });
};
