import * as v from 'valibot';
import { ExpectedError } from '../errors.js';
import { inShape } from '../models/stored-json.js';
import type { ClientCache } from './exchange-client.js';
import { DAY_MS, HOUR_MS, SYNC_CLOCK } from '../models/day.js';

const OFFSET_KIND = 'clock-offset';
/** Clocks of servers are not further apart; history read by one that is would be passed over. */
const MAX_OFFSET_MS = DAY_MS;
const offsetMs = v.pipe(v.number(), v.safeInteger(), v.minValue(-MAX_OFFSET_MS), v.maxValue(MAX_OFFSET_MS));
const OFFSET_TIME_TO_LIVE_MS = 6 * HOUR_MS;

/** The exchange's clock as far as it is known. */
export interface Clock {
  /** Exchange's clock minus ours in ms. */
  readonly offset: () => number;
  readonly now: () => number;
  /** Throws 'credentials' if the two are so far apart that one of them must be wrong. */
  readonly set: (offset: number) => void;
}

/** The clock of a host, for all accounts there. */
export function createClock(title: string, hostCache: ClientCache): Clock {
  let found: number | undefined;
  const offset = () => found ?? inShape(offsetMs, hostCache.get(OFFSET_KIND)) ?? 0;
  return {
    offset,
    now: () => Date.now() + offset(),
    set: (measured) => {
      if (Math.abs(measured) > MAX_OFFSET_MS) throw clocksApart(title, measured);
      found = measured;
      hostCache.set(OFFSET_KIND, measured, OFFSET_TIME_TO_LIVE_MS);
    },
  };
}

function clocksApart(title: string, offset: number): ExpectedError {
  const [theirs, ours] = [Date.now() + offset, Date.now()].map((time) => new Date(time).toISOString());
  return new ExpectedError(
    'credentials',
    `clock mismatch: ${title} ${theirs ?? ''}, this machine ${ours ?? ''} (more than a day apart)`,
    {
      fix: `Set this machine's clock: ${SYNC_CLOCK}; if it is right, try again later: nothing was stored.`,
    },
  );
}
