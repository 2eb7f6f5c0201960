import * as v from 'valibot';
import { inShape } from '../models/stored-json.js';
import type { CcxtExchange } from './load-ccxt.js';
import type { ClientCache } from './exchange-client.js';

const OFFSET_KIND = 'clock-offset';
const offsetMs = v.pipe(v.number(), v.safeInteger());
const OFFSET_TIME_TO_LIVE_MS = 6 * 3_600_000;

/** The exchange's clock as far as it is known, for us and for what ccxt signs. */
export interface Clock {
  /** Exchange's clock minus ours in ms. */
  readonly offset: () => number;
  readonly now: () => number;
  readonly set: (offset: number) => void;
}

export function createClock(exchange: CcxtExchange, cache: ClientCache): Clock {
  let offset = inShape(offsetMs, cache.get(OFFSET_KIND)) ?? 0;
  // ccxt takes the difference the other way round: ours minus the exchange's.
  exchange.options['timeDifference'] = -offset;
  return {
    offset: () => offset,
    now: () => Date.now() + offset,
    set: (found) => {
      offset = found;
      exchange.options['timeDifference'] = -found;
      cache.set(OFFSET_KIND, found, OFFSET_TIME_TO_LIVE_MS);
    },
  };
}
