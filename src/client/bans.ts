import { ExpectedError } from '../errors.js';
import { inShape, moment } from '../models/stored-json.js';
import type { RequestFailure } from './answer.js';
import type { ClientCache } from './exchange-client.js';

/** Under which the end of a ban is kept, ms since 1970. */
export const BAN_KIND = 'ban-until';

export interface Bans {
  /** Throws while the exchange shuts out this address: whoever insists is shut out for longer. */
  readonly refuse: () => void;
  /** Keeps the ban that a failure tells of, for every account that asks this host, in this run and later ones. */
  readonly note: (failure: RequestFailure) => void;
}

/** The time is the exchange's. */
export function createBans(title: string, cache: ClientCache, now: () => number): Bans {
  const until = () => inShape(moment, cache.get(BAN_KIND)) ?? 0;
  return {
    refuse: () => {
      if (until() > now()) throw banned(title, until());
    },
    note: ({ bannedUntil }) => {
      if (bannedUntil === undefined || bannedUntil <= Math.max(now(), until())) return;
      cache.set(BAN_KIND, bannedUntil, bannedUntil - now());
    },
  };
}

export const banned = (title: string, until: number): ExpectedError =>
  new ExpectedError(
    'exchange-unavailable',
    `${title} has shut out this address until ${new Date(until).toISOString()}, for too many requests came from it`,
    {
      fix: 'Nothing is asked before then, and the next run after it goes on by itself. Look for other programs that ask from this address.',
    },
  );
