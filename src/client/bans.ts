import { ExpectedError } from '../errors.js';
import { inShape, moment } from '../models/stored-json.js';
import type { RequestFailure } from './answer.js';
import type { ClientCache } from './exchange-client.js';
import { DAY_MS } from '../models/day.js';

/** The cache kind of a ban's end, epoch ms. */
export const BAN_KIND = 'ban-until';

/** "IP bans are tracked and scale in duration for repeat offenders, from 2 minutes to 3 days" (Binance, limits). */
const MAX_BAN_MS = 3 * DAY_MS;

/** End of the IP ban, epoch ms: the reported one, limited to the longest ban that exchanges document. */
export const endOfBan = (reported: number, now: number): number => Math.min(reported, now + MAX_BAN_MS);

/** The end of a stored ban that is not over; an end that is further away than any ban can last is ignored. */
export function keptBan(value: unknown, now: number): number | undefined {
  const until = inShape(moment, value) ?? 0;
  return until > now && until <= now + MAX_BAN_MS ? until : undefined;
}

export interface Bans {
  /** Throws while this address is banned: requests during a ban extend it. */
  readonly refuse: () => void;
  /** Stores the ban that a failure reports, for every account of this host, in this run and later ones. */
  readonly note: (failure: RequestFailure) => void;
}

/** `now` is the clock of the exchange, epoch ms. */
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

export const banned = (title: string, reported: number, now: number): ExpectedError =>
  new ExpectedError(
    'exchange-unavailable',
    `${title} has banned this IP address until ${endText(reported, now)}: too many requests`,
    {
      fix: 'No request is sent before then, and the next sync after it continues. Check for other programs that use the exchange from this IP address.',
    },
  );

function endText(reported: number, now: number): string {
  const end = endOfBan(reported, now);
  const more = end < reported ? ` (it reported ${iso(reported)}, but no ban lasts longer than 3 days)` : '';
  return `${iso(end)}${more}`;
}

const iso = (time: number): string => new Date(time).toISOString();
