import * as v from 'valibot';
import { ExpectedError } from '../errors.js';
import { inShape } from '../models/stored-json.js';
import type { CcxtExchange } from './load-ccxt.js';
import type { ClientCache } from './exchange-client.js';

const OFFSET_KIND = 'clock-offset';
/** Clocks of servers are not further apart; history read by one that is would be passed over. */
const LARGEST_OFFSET_MS = 86_400_000;
const offsetMs = v.pipe(
  v.number(),
  v.safeInteger(),
  v.minValue(-LARGEST_OFFSET_MS),
  v.maxValue(LARGEST_OFFSET_MS),
);
const OFFSET_TIME_TO_LIVE_MS = 6 * 3_600_000;

/** The exchange's clock as far as it is known, for us and for what ccxt signs. */
export interface Clock {
  /** Exchange's clock minus ours in ms. */
  readonly offset: () => number;
  readonly now: () => number;
  /** Throws 'credentials' where the two are so far apart that one of them must be wrong. */
  readonly set: (offset: number) => void;
}

export function createClock(title: string, exchange: CcxtExchange, cache: ClientCache): Clock {
  let offset = inShape(offsetMs, cache.get(OFFSET_KIND)) ?? 0;
  // ccxt takes the difference the other way round: ours minus the exchange's.
  exchange.options['timeDifference'] = -offset;
  return {
    offset: () => offset,
    now: () => Date.now() + offset,
    set: (found) => {
      if (Math.abs(found) > LARGEST_OFFSET_MS) throw clocksApart(title, found);
      offset = found;
      exchange.options['timeDifference'] = -found;
      cache.set(OFFSET_KIND, found, OFFSET_TIME_TO_LIVE_MS);
    },
  };
}

function clocksApart(title: string, offset: number): ExpectedError {
  const [theirs, ours] = [Date.now() + offset, Date.now()].map((time) => new Date(time).toISOString());
  return new ExpectedError(
    'credentials',
    `${title} says that it is ${theirs ?? ''}, and this machine that it is ${ours ?? ''}`,
    {
      fix: "One of them is wrong by more than a day. Set this machine's clock: timedatectl set-ntp true; if it is right, try again later: nothing was stored.",
    },
  );
}
