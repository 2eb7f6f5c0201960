import type { Stream } from '../models/events.js';
import type { StreamUnreadRecord } from '../models/unread-record.js';
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
    return readStream(spec, markets, stream, ofStream);
  });
  return {
    events: read.flatMap(({ events }) => events),
    resolved: read.flatMap(({ resolved }) => resolved),
  };
}

function readStream(
  spec: ExchangeSpec,
  markets: KnownMarkets,
  stream: Stream,
  records: readonly StreamUnreadRecord[],
): ReadAgain {
  const { read, what } = streamSpec(spec, stream);
  const raws = records.map(({ raw }) => raw);
  const again = readAgain(raws, what, (raw) => read(raw, { markets, answeredAt: '' }));
  const still = new Set(again.unread.map(({ raw }) => raw));
  return {
    events: again.events.map((event) => ({ ...event, source: stream })),
    resolved: records.filter(({ raw }) => !still.has(raw)),
  };
}
