import type { Decimal } from '../models/decimal.js';
import type { CandleSpec } from './exchange-spec.js';
import { refusalIn } from './pagination.js';
import { marketPrice } from './price-bounds.js';
import type { Requester } from './request.js';
import { DAY_MS, HOUR_MS } from '../models/day.js';

/** Candle lengths, the finest first. */
export const INTERVALS = [
  { label: '1m', ms: 60_000 },
  { label: '1h', ms: HOUR_MS },
  { label: '1d', ms: DAY_MS },
] as const;

export type Interval = (typeof INTERVALS)[number];

const DAY = INTERVALS[2];
/** Requests for minutes that are worth a request for days first, which shows when nothing was traded. */
const MAX_UNCHECKED_REQUESTS = 2;

/** Close prices of one exchange. Each candle is requested once: routes share markets, and assets their bridges. */
export class Candles {
  readonly #spec: CandleSpec;
  readonly #requester: Requester;
  /** Undefined: there is no such candle. */
  readonly #closes = new Map<string, Decimal | undefined>();

  constructor(spec: CandleSpec, requester: Requester) {
    this.#spec = spec;
    this.#requester = requester;
  }

  /** The close of the market's candle that contains each time (ms); a time without a candle is omitted. */
  async closesAt(
    market: string,
    interval: Interval,
    times: readonly number[],
  ): Promise<ReadonlyMap<number, Decimal>> {
    const traded = await this.#traded(market, interval, times);
    const keyAt = (time: number) => keyOf(market, interval, time);
    for (const span of this.#spans(market, interval, traded)) await this.#request(market, interval, span);
    return new Map(
      traded.flatMap((time): [number, Decimal][] => {
        const close = this.#closes.get(keyAt(time));
        return close ? [[time, close]] : [];
      }),
    );
  }

  /** The times at which a day's candle shows trading, if asking for that saves requests; else all of them. */
  async #traded(market: string, interval: Interval, times: readonly number[]): Promise<readonly number[]> {
    if (interval === DAY) return times;
    const requests = this.#spans(market, interval, times).length;
    if (requests === 0 || (interval === INTERVALS[0] && requests <= MAX_UNCHECKED_REQUESTS)) return times;
    const days = await this.closesAt(market, DAY, times);
    return times.filter((time) => days.has(time));
  }

  /** The times not requested yet, in groups that one answer covers. */
  #spans(market: string, interval: Interval, times: readonly number[]): number[][] {
    const spanMs = interval.ms * this.#spec.limit;
    const spans: number[][] = [];
    for (const time of [...times].sort((a, b) => a - b)) {
      if (this.#closes.has(keyOf(market, interval, time))) continue;
      const last = spans.at(-1);
      if (last?.[0] !== undefined && time - last[0] < spanMs - spanMs / 100) last.push(time);
      else spans.push([time]);
    }
    return spans;
  }

  async #request(market: string, interval: Interval, times: readonly number[]): Promise<void> {
    const from = floorTo(times[0] ?? 0, interval.ms);
    const to = times.at(-1) ?? from;
    const { endpoint, params, intervals, candlesOf, unknownMarket } = this.#spec;
    const asked = params(market, intervals[interval.label], from, to);
    const candles = await this.#requester.read(endpoint, asked, candlesOf).catch((error: unknown) => {
      // Closed since the list of markets was read.
      if (unknownMarket.has(refusalIn(error) ?? '')) return [];
      throw error;
    });
    const closes = new Map(candles.map(({ start, close }) => [start, close]));
    for (const time of times) {
      const close = closes.get(floorTo(time, interval.ms));
      const price = marketPrice(close ?? '', 'the close of a candle');
      this.#closes.set(keyOf(market, interval, time), typeof price === 'string' ? undefined : price);
    }
  }
}

const floorTo = (time: number, ms: number): number => time - (time % ms);

const keyOf = (market: string, { label, ms }: Interval, time: number): string =>
  `${market} ${label} ${floorTo(time, ms)}`;
