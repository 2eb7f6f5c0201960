import * as v from 'valibot';
import type { ClientCache } from '../client/exchange-client.js';
import type { Part } from '../models/coverage.js';
import { inShape, moment } from '../models/stored-json.js';
import { DAY_MS } from '../models/day.js';

const KIND = 'unavailable-parts';
/** A part that an exchange does not offer may be offered later: it is requested again once a day. */
const ASKED_EVERY_MS = DAY_MS;

/** `place` identifies host and key, as another one may offer other parts. Values are ms since 1970. */
const stored = v.object({ place: v.string(), until: v.record(v.string(), moment) });

/** The parts that the exchange did not offer in the last 24 hours to this host and key. */
export class KnownParts {
  readonly #cache: ClientCache;
  readonly #place: string;
  readonly #until = new Map<string, number>();

  constructor(cache: ClientCache, place: string, now: number) {
    this.#cache = cache;
    this.#place = place;
    const kept = inShape(stored, cache.get(KIND));
    if (kept?.place !== place) return;
    for (const [part, until] of Object.entries(kept.until)) if (until > now) this.#until.set(part, until);
  }

  has(part: Part): boolean {
    return this.#until.has(part);
  }

  add(part: Part, now: number): void {
    this.#until.set(part, now + ASKED_EVERY_MS);
    const value = { place: this.#place, until: Object.fromEntries(this.#until) };
    this.#cache.set(KIND, value, ASKED_EVERY_MS);
  }
}
