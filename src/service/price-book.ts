import * as v from 'valibot';
import { type PriceNeed, priceNeeds, type PriceState } from '../accounting/price-needs.js';
import type { ResolvedEvent } from '../accounting/resolve.js';
import type { PriceLookup } from '../accounting/settings.js';
import type { ExchangeClient } from '../client/exchange-client.js';
import { PartFailure } from '../client/part-failure.js';
import type { PastPrice } from '../client/past-prices.js';
import type { AccountId } from '../models/account.js';
import type { EventPrice } from '../models/pool.js';
import { inShape, moment } from '../models/stored-json.js';
import { fetchEventPrices, saveEventPrices } from '../repository/event-prices.js';
import type { OpenCache } from './cache.js';
import type { Parts } from './parts.js';
import { readStored, type SyncContext } from './sync-context.js';
import { DAY_MS } from '../models/day.js';

const PART = 'past-prices';
const UNPRICEABLE = 'unpriceable-events';
const RETRY_UNPRICEABLE_MS = DAY_MS;
const keptKeys = v.object({ keys: v.array(v.string()), until: moment });
/** The second round requests the price of the base if the quote has none. */
const ROUNDS = 2;

const keyOf = ({ asset, time }: PriceNeed): string => `${asset}@${time}`;

/** The market prices that value an account's events: stored ones, and those requested from the exchange. */
export class PriceBook {
  /** True if prices that did not exist are to be requested again. */
  readonly retries: boolean;
  readonly lookup: PriceLookup = (asset, time) => this.#prices.get(keyOf({ asset, time }))?.price;
  readonly #context: SyncContext;
  readonly #account: AccountId;
  readonly #client: ExchangeClient;
  readonly #cache: OpenCache;
  readonly #unpriceable: Set<string>;
  readonly #until: number;
  readonly #parts: Parts | undefined;
  #prices = new Map<string, EventPrice>();
  #failed = false;

  /**
   * `marketOpened`: a held asset has a price now that had none, so that missing prices may exist. `parts` notes
   * past prices that cannot be read.
   */
  constructor(
    context: SyncContext,
    account: AccountId,
    client: ExchangeClient,
    cache: OpenCache,
    { marketOpened, parts }: { readonly marketOpened: boolean; readonly parts?: Parts | undefined },
  ) {
    this.#context = context;
    this.#account = account;
    this.#client = client;
    this.#cache = cache;
    this.#parts = parts;
    const known = marketOpened ? undefined : inShape(keptKeys, cache.get(UNPRICEABLE));
    this.#unpriceable = new Set(known?.keys);
    this.#until = known?.until ?? Date.now() + RETRY_UNPRICEABLE_MS;
    this.retries = known === undefined;
  }

  /** Loads every price that the events need and that exists, instead of the prices loaded before. */
  async prepare(events: readonly ResolvedEvent[]): Promise<void> {
    const times = events.map(({ time }) => time);
    const [first, last] = [times[0], times.at(-1)];
    if (first === undefined || last === undefined) return;
    const stored = await readStored(this.#context, [], (sql) =>
      fetchEventPrices(sql, this.#account, first - 1, last),
    );
    this.#prices = new Map(stored.map((price) => [keyOf(price), price]));
    for (let round = 0; round < ROUNDS; round += 1) {
      const needs = priceNeeds(events, this.#context.accounting, (need) => this.#stateOf(need));
      if (needs.length === 0) return;
      await this.#fetch(needs);
    }
  }

  /** Remembers missing prices for a day from the first one; an asset that misses one every day must not extend it. */
  keep(): void {
    if (!this.#failed) return;
    const kept = { keys: [...this.#unpriceable], until: this.#until };
    this.#cache.set(UNPRICEABLE, kept, this.#until - Date.now());
  }

  #stateOf(need: PriceNeed): PriceState {
    const key = keyOf(need);
    if (this.#prices.has(key)) return 'known';
    return this.#unpriceable.has(key) ? 'none' : 'open';
  }

  /** One request covers prices close in time; a price is stored at once and never requested again. */
  async #fetch(needs: readonly PriceNeed[]): Promise<void> {
    const { database, dryRun } = this.#context;
    const found: EventPrice[] = [];
    for (const asset of new Set(needs.map((need) => need.asset))) {
      const times = needs.filter((need) => need.asset === asset).map(({ time }) => time);
      const prices = await this.#read(asset, times);
      for (const [time, { price, source }] of prices) found.push({ asset, time, price, source });
    }
    for (const price of found) this.#prices.set(keyOf(price), price);
    const missing = needs.map(keyOf).filter((key) => !this.#prices.has(key));
    for (const key of missing) this.#unpriceable.add(key);
    this.#failed ||= missing.length > 0;
    if (found.length > 0 && !dryRun) {
      await database.run((sql) => saveEventPrices(sql, this.#account, found));
    }
  }

  /** A host without past prices leaves costs unknown; they are requested again after a day. */
  async #read(asset: string, times: readonly number[]): Promise<ReadonlyMap<number, PastPrice>> {
    if (this.#parts?.wants(PART) === false) return new Map();
    try {
      const { reportingCurrency } = this.#context.accounting;
      return await this.#client.readPastPrices(asset, times, reportingCurrency);
    } catch (error) {
      if (!(error instanceof PartFailure) || error.transient) throw error;
      await this.#parts?.contain(PART, error, { wasRead: true, affects: true });
      return new Map();
    }
  }
}
