import { ExpectedError } from '../errors.js';
import { inShape, moment } from '../models/stored-json.js';
import type { RequestFailure } from './answer.js';
import type { ClientCache } from './exchange-client.js';
import { DAY_MS } from '../models/day.js';

/** Under which the end of a ban is kept, ms since 1970. */
export const BAN_KIND = 'ban-until';

/** "IP bans are tracked and scale in duration for repeat offenders, from 2 minutes to 3 days" (Binance, limits). */
const LONGEST_BAN_MS = 3 * DAY_MS;

/** When to ask again, whatever was said. */
export const endOfBan = (said: number, now: number): number => Math.min(said, now + LONGEST_BAN_MS);

/** The end of a ban that was kept and is not over; one that no exchange can have meant is none. */
export function keptBan(value: unknown, now: number): number | undefined {
  const until = inShape(moment, value) ?? 0;
  return until > now && until <= now + LONGEST_BAN_MS ? until : undefined;
}

export interface Bans {
  /** Throws while the exchange shuts out this address: whoever insists is shut out for longer. */
  readonly refuse: () => void;
  /** Keeps the ban that a failure tells of, for every account that asks this host, in this run and later ones. */
  readonly note: (failure: RequestFailure) => void;
}

/** The time is the exchange's. */
export function createBans(title: string, cache: ClientCache, now: () => number): Bans {
  const until = () => keptBan(cache.get(BAN_KIND), now());
  return {
    refuse: () => {
      const end = until();
      if (end !== undefined) throw banned(title, end, now());
    },
    note: ({ bannedUntil }) => {
      const end = endOfBan(bannedUntil ?? 0, now());
      if (end > Math.max(now(), until() ?? 0)) cache.set(BAN_KIND, end, end - now());
    },
  };
}

export const banned = (title: string, said: number, now: number): ExpectedError =>
  new ExpectedError(
    'exchange-unavailable',
    `${title} has shut out this address until ${endText(said, now)}, for too many requests came from it`,
    {
      fix: 'Nothing is asked before then, and the next run after it goes on by itself. Look for other programs that ask from this address.',
    },
  );

function endText(said: number, now: number): string {
  const end = endOfBan(said, now);
  const more = end < said ? ` (it said ${iso(said)}, but shuts out nobody for longer than three days)` : '';
  return `${iso(end)}${more}`;
}

const iso = (time: number): string => new Date(time).toISOString();
