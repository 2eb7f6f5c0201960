import type { Account } from '../models/account.js';
import type { Cursor, Stream } from '../models/events.js';
import { EXCHANGES } from './exchanges.js';
import { streamsWhen } from './search.js';
import { streamSpec } from './stream-spec.js';

export interface HistoryEdge {
  readonly stream: Stream;
  /** ms; the exchange no longer returns older records. */
  readonly oldest: number;
  /** For how long (ms) nothing needs to be read; negative where something was lost. */
  readonly safeMs: number;
}

/** Of every stream that is read in each run and that the exchange forgets in time: how far its cursor is from there. */
export function historyEdges(
  { exchange, environment }: Pick<Account, 'exchange' | 'environment'>,
  cursors: readonly Cursor[],
  now: number,
): readonly HistoryEdge[] {
  const spec = EXCHANGES[exchange];
  if (!spec) return [];
  return streamsWhen(spec, 'always', environment).flatMap((stream) => {
    const { oldest } = streamSpec(spec, stream);
    const cursor = cursors.find((one) => one.stream === stream);
    // The same at all times: nothing is forgotten.
    if (!cursor || oldest(0) === oldest(now)) return [];
    return [{ stream, oldest: oldest(now), safeMs: cursor.completeUntil - oldest(now) }];
  });
}
