import { BAN_KIND, keptBan } from '../../client/bans.js';
import { hostOf } from '../../models/account.js';
import { fetchCache } from '../../repository/exchange-cache.js';
import { shortDuration } from '../../models/duration.js';
import { type InspectStored, nameFor, result } from './check.js';

/** Whether this address is banned, as the last sync learned from the exchange. */
export const inspectBan: InspectStored = async (sql, account, { now }) => {
  const name = nameFor('ban', account.id);
  const until = keptBan((await fetchCache(sql, hostOf(account))).get(BAN_KIND)?.value, now);
  if (until === undefined) {
    return result(name, 'ok', 'this IP address is not banned');
  }
  const message = `this IP address is banned until ${new Date(until).toISOString()} (in ${shortDuration(until - now)})`;
  return result(name, 'warning', message, {
    remedy:
      'No request is sent before then, and the next sync after it continues. Check for other programs that use the exchange from this IP address.',
  });
};
