import type { EventSet, Income, Stream, StreamKind, Trade, Transfer } from '../models/events.js';
import { kindOf, type StreamEvent } from './stream-traits.js';

const NOTHING: EventSet = { trades: [], transfers: [], incomes: [] };

/** What the rows of a kind of stream are. */
const SORTED: Readonly<Record<StreamKind, (rows: readonly StreamEvent[]) => EventSet>> = {
  trades: (rows) => ({ ...NOTHING, trades: rows as readonly Trade[] }),
  converts: (rows) => ({ ...NOTHING, trades: rows as readonly Trade[] }),
  dust: (rows) => ({ ...NOTHING, trades: rows as readonly Trade[] }),
  deposits: (rows) => ({ ...NOTHING, transfers: rows as readonly Transfer[] }),
  withdrawals: (rows) => ({ ...NOTHING, transfers: rows as readonly Transfer[] }),
  income: (rows) => ({ ...NOTHING, incomes: rows as readonly Income[] }),
};

/** The rows of a stream as the kind of events that they are. */
export const sorted = (stream: Stream, rows: readonly StreamEvent[]): EventSet =>
  SORTED[kindOf(stream)](rows);
