import type { Stream } from '../models/events.js';
import type { StreamUnreadRecord } from '../models/unread-record.js';
import { accountEvents } from './event-kinds.js';
import type { ReadAgain } from './exchange-client.js';
import type { ExchangeTraits } from './exchange-traits.js';
import type { KnownMarkets } from './markets.js';
import { readAgain } from './records.js';
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
  const { eventsOf } = streamTraits(traits, stream);
  const raws = records.map(({ raw }) => raw);
  const { rows, unread } = readAgain(raws, stream, (record) => eventsOf(record, markets));
  const still = new Set(unread.map(({ raw }) => raw));
  return { events: accountEvents(stream, rows), resolved: records.filter(({ raw }) => !still.has(raw)) };
}
