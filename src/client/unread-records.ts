import type { Stream } from '../models/events.js';
import type { StreamUnreadRecord } from '../models/unread-record.js';
import type { ReadAgain } from './exchange-client.js';
import type { ExchangeTraits } from './exchange-traits.js';
import type { KnownMarkets } from './markets.js';
import { readAgain } from './record-list.js';
import { hasStream, streamTraits } from './stream-traits.js';

/** Interprets records that an earlier run could not, by this version and the markets of now. */
export function readUnreadAgain(
  traits: ExchangeTraits,
  markets: KnownMarkets,
  records: readonly StreamUnreadRecord[],
): ReadAgain {
  const streams = [...new Set(records.map(({ stream }) => stream))].filter((stream) =>
    hasStream(traits, stream),
  );
  const read = streams.map((stream) => {
    const ofStream = records.filter((record) => record.stream === stream);
    return readStream(traits, markets, stream, ofStream);
  });
  return {
    events: read.flatMap(({ events }) => events),
    resolved: read.flatMap(({ resolved }) => resolved),
  };
}

function readStream(
  traits: ExchangeTraits,
  markets: KnownMarkets,
  stream: Stream,
  records: readonly StreamUnreadRecord[],
): ReadAgain {
  const { read, what } = streamTraits(traits, stream);
  const raws = records.map(({ raw }) => raw);
  const again = readAgain(raws, what, (raw) => read(raw, { markets, answeredAt: '' }));
  const still = new Set(again.unread.map(({ raw }) => raw));
  return {
    events: again.events.map((event) => ({ ...event, source: stream })),
    resolved: records.filter(({ raw }) => !still.has(raw)),
  };
}
