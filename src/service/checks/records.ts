import { isoDay } from '../../models/day.js';
import { fetchUnreadSummary, type UnreadSummary } from '../../repository/unread-records.js';
import { type InspectStored, nameFor, result } from './check.js';

/** Records of the exchange that this version cannot interpret, so that figures that need them may be wrong. */
export const inspectRecords: InspectStored = async (sql, { id }) => {
  const name = nameFor('records', id);
  const unread = await fetchUnreadSummary(sql, id);
  const total = unread.reduce((sum, { records }) => sum + records, 0);
  const performance = { unread: String(total) };
  if (total === 0)
    return result(name, 'ok', 'every record that was read could be interpreted', { performance });
  const message = `records that could not be interpreted: ${unread.map(summaryText).join('; ')}`;
  return result(name, 'warning', message, {
    performance,
    remedy:
      'They are stored in exchange_sync.unread_records, and each sync tries to interpret them again. Update exchange-sync; if they remain, report the reason.',
  });
};

const summaryText = ({ stream, records, oldest, reason }: UnreadSummary): string =>
  `${records} of ${stream}${oldest === undefined ? '' : ` since ${isoDay(oldest)}`} (${reason})`;
