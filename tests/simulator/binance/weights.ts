import { randomUUID } from 'node:crypto';
import type { World } from '../world.js';
import { BinanceError } from './wire.js';

export interface WeightOptions {
  /** Of /api, by minute and address; default 6000 as on the exchange. */
  readonly weightLimit?: number;
  /** Refused requests that are borne before the address is banned; the exchange does not tell. */
  readonly patience?: number;
  /** Default: the seconds until the minute ends; live answers were also seen with 0. */
  readonly retryAfter?: 'zero';
}

export type Pool = 'api' | 'ip' | 'uid';

const MINUTE_MS = 60_000;
const FIRST_BAN_MS = 2 * MINUTE_MS;
const LONGEST_BAN_MS = 3 * 24 * 60 * MINUTE_MS;
const SAPI_LIMIT = { ip: 12_000, uid: 180_000 };

/** The exchange's budgets: one of /api for the address, one of each /sapi path for the address or the user. */
export class Weights {
  readonly limit: number;
  readonly #world: World;
  readonly #options: WeightOptions;
  readonly #used = new Map<string, { minute: number; weight: number }>();
  #refused = { minute: 0, times: 0 };
  #bans = 0;
  #bannedUntil = 0;

  constructor(world: World, options: WeightOptions = {}) {
    this.limit = options.weightLimit ?? 6000;
    this.#world = world;
    this.#options = options;
  }

  /** Counts the request, whatever comes of it, and answers the headers that tell; throws 429 and 418. */
  charge(pool: Pool, path: string, apiKey: string, weight: number): Record<string, string> {
    const now = this.#world.now();
    if (now < this.#bannedUntil) throw this.#banned(now);
    const key = pool === 'api' ? pool : `${pool} ${path} ${pool === 'uid' ? apiKey : ''}`;
    const used = this.#count(key, minuteOf(now), weight);
    const headers = headersOf(pool, used);
    if (used <= (pool === 'api' ? this.limit : SAPI_LIMIT[pool])) return headers;
    if (this.#isPatient(minuteOf(now))) throw this.#refusal(pool, now, headers);
    this.#bannedUntil = now + Math.min(LONGEST_BAN_MS, FIRST_BAN_MS * 2 ** this.#bans);
    this.#bans += 1;
    throw this.#banned(now);
  }

  #count(key: string, minute: number, weight: number): number {
    const before = this.#used.get(key);
    const total = (before?.minute === minute ? before.weight : 0) + weight;
    this.#used.set(key, { minute, weight: total });
    return total;
  }

  #isPatient(minute: number): boolean {
    const times = (this.#refused.minute === minute ? this.#refused.times : 0) + 1;
    this.#refused = { minute, times };
    return times <= (this.#options.patience ?? 5);
  }

  #refusal(pool: Pool, now: number, headers: Record<string, string>): BinanceError {
    const message =
      pool === 'api'
        ? `Too much request weight used; current limit is ${this.limit} request weight per 1 MINUTE. ` +
          'Please use WebSocket Streams for live updates to avoid polling the API.'
        : 'Too many requests; current request has limited.';
    return new BinanceError(-1003, message, 429, {
      ...headers,
      ...this.#retryAfter(MINUTE_MS - (now % MINUTE_MS)),
    });
  }

  #banned(now: number): BinanceError {
    const message =
      `Way too much request weight used; IP banned until ${this.#bannedUntil}. ` +
      'Please use WebSocket Streams for live updates to avoid bans.';
    return new BinanceError(-1003, message, 418, this.#retryAfter(this.#bannedUntil - now));
  }

  #retryAfter(ms: number): Record<string, string> {
    return { 'Retry-After': this.#options.retryAfter === 'zero' ? '0' : String(Math.ceil(ms / 1000)) };
  }
}

const minuteOf = (now: number): number => Math.floor(now / MINUTE_MS);

function headersOf(pool: Pool, used: number): Record<string, string> {
  const uuid = { 'x-mbx-uuid': randomUUID() };
  return pool === 'api'
    ? { ...uuid, 'x-mbx-used-weight': String(used), 'x-mbx-used-weight-1m': String(used) }
    : { ...uuid, [`X-SAPI-USED-${pool.toUpperCase()}-WEIGHT-1M`]: String(used) };
}
