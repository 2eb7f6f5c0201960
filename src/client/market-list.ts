import * as v from 'valibot';
import { inShape, moment } from '../models/stored-json.js';
import type { ClientCache } from './exchange-client.js';
import type { ExchangeSpec } from './exchange-spec.js';
import { byId, keepMarkets, keptMarkets, lastMarkets, type Markets, MARKETS_KIND } from './markets.js';
import { named } from './names.js';
import { PartFailure } from './part-failure.js';
import type { Requester } from './request.js';
import { DAY_MS, HOUR_MS } from '../models/day.js';

const ABSENT_KIND = 'absent-names';
const MAX_WAIT_MS = DAY_MS;
const MAX_NAMES = 500;

/** Names that a new list did not hold either: no list is requested for them before `until`. */
const absentNames = v.record(v.string(), v.object({ until: moment, waitMs: v.number() }));

type AbsentNames = v.InferOutput<typeof absentNames>;

/** The markets of one host, for all accounts there: requested once a day, and when something is not among them. */
export class MarketList {
  readonly #spec: ExchangeSpec['markets'];
  readonly #cache: ClientCache;
  readonly #requester: Pick<Requester, 'read' | 'now'>;
  /** The last known list, once the exchange did not give a new one in this run. */
  #substitute: Markets | undefined;

  constructor(
    spec: ExchangeSpec['markets'],
    hostCache: ClientCache,
    requester: Pick<Requester, 'read' | 'now'>,
  ) {
    this.#spec = spec;
    this.#cache = hostCache;
    this.#requester = requester;
  }

  /**
   * The list of the last day. If a new one is due and cannot be read: throws once in a run, and from then on
   * serves the last known list, or an empty one.
   */
  async current(): Promise<Markets> {
    const known = keptMarkets(this.#cache) ?? this.#substitute;
    if (known) return known;
    try {
      return await this.#request();
    } catch (error) {
      if (error instanceof PartFailure) this.#substitute = lastMarkets(this.#cache);
      throw error;
    }
  }

  /** Whether a market is traded now; true as long as no list is known. */
  isListed(id: string): boolean {
    const markets = keptMarkets(this.#cache);
    return !markets || (markets.get(id)?.listed ?? false);
  }

  /**
   * The list that holds these assets or market ids as far as the exchange has them. An absent name requests a
   * new list once a run; again for the same name after an hour, then after twice the last wait, at most a day.
   */
  async holding(names: Iterable<string>): Promise<Markets> {
    const markets = await this.current();
    const absent = absentFrom(markets, names);
    if (absent.length === 0 || this.#substitute || this.#cache.isNew(MARKETS_KIND)) return markets;
    const now = this.#requester.now();
    const before = inShape(absentNames, this.#cache.get(ABSENT_KIND)) ?? {};
    if (absent.every((name) => (before[name]?.until ?? 0) > now)) return markets;
    const renewed = await this.#request().catch((error: unknown) => {
      // The old list serves as before; that the exchange does not answer shows elsewhere.
      if (error instanceof PartFailure) return markets;
      throw error;
    });
    this.#remember(absentFrom(renewed, absent), before, now);
    return renewed;
  }

  async #request(): Promise<Markets> {
    const { endpoint, params, marketsOf } = this.#spec;
    const markets = await this.#requester.read(endpoint, params, (answer) =>
      named(marketsOf(answer), 'a market'),
    );
    keepMarkets(this.#cache, markets);
    return byId(markets);
  }

  #remember(absent: readonly string[], before: AbsentNames, now: number): void {
    const old = Object.entries(before).filter(([, { until }]) => until > now - MAX_WAIT_MS);
    const renewed = absent.map((name) => {
      const last = before[name];
      const waitMs = last ? Math.min(MAX_WAIT_MS, 2 * last.waitMs) : HOUR_MS;
      return [name, { until: now + waitMs, waitMs }] as const;
    });
    const kept = Object.fromEntries([...old, ...renewed].slice(-MAX_NAMES));
    this.#cache.set(ABSENT_KIND, kept satisfies AbsentNames, 2 * MAX_WAIT_MS);
  }
}

function absentFrom(markets: Markets, names: Iterable<string>): string[] {
  const known = new Set<string>();
  for (const { id, base, quote } of markets.values()) known.add(id).add(base).add(quote);
  return [...names].filter((name) => !known.has(name));
}
