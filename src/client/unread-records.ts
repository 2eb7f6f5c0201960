import type { EventSet, Stream } from '../models/events.js';
import type { StreamUnreadRecord } from '../models/unread-record.js';
import { sorted } from './event-kinds.js';
import type { ReadAgain } from './exchange-client.js';
import type { ExchangeSpec } from './exchange-spec.js';
import type { KnownMarkets } from './markets.js';
import { readAgain } from './record-list.js';
import { hasStream, streamSpec } from './stream-spec.js';

/** Interprets records that an earlier run could not, by this version and the markets of now. */
export function readUnreadAgain(
  spec: ExchangeSpec,
  markets: KnownMarkets,
  records: readonly StreamUnreadRecord[],
): ReadAgain {
  const streams = [...new Set(records.map(({ stream }) => stream))].filter((stream) =>
    hasStream(spec, stream),
  );
  const read = streams.map((stream) => {
    const ofStream = records.filter((record) => record.stream === stream);
    return { ...readStream(spec, markets, stream, ofStream) };
  });
  return {
    trades: read.flatMap(({ events }) => events.trades),
    transfers: read.flatMap(({ events }) => events.transfers),
    incomes: read.flatMap(({ events }) => events.incomes),
    resolved: read.flatMap(({ resolved }) => resolved),
  };
}

function readStream(
  spec: ExchangeSpec,
  markets: KnownMarkets,
  stream: Stream,
  records: readonly StreamUnreadRecord[],
): { readonly events: EventSet; readonly resolved: readonly StreamUnreadRecord[] } {
  const { read, what } = streamSpec(spec, stream);
  const raws = records.map(({ raw }) => raw);
  const again = readAgain(raws, what, (raw) => read(raw, { markets, answeredAt: '' }));
  const still = new Set(again.unread.map(({ raw }) => raw));
  return { events: sorted(stream, again.events), resolved: records.filter(({ raw }) => !still.has(raw)) };
}
