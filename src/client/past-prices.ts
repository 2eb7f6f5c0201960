import type { Decimal } from '../models/decimal.js';
import { ZERO } from '../models/decimal.js';
import { amountOf } from './answer.js';
import type { Candle, ExchangeTraits } from './exchange-traits.js';
import { directLegs, legName, legPrice, type Pairs } from './prices.js';
import type { Requester } from './request.js';

export interface PastPrice {
  readonly price: Decimal;
  /** `bybit MNTUSDT 1m`, `binance USDTTRY inverted 1m` */
  readonly source: string;
}

const INTERVALS = [
  { label: '1m', ms: 60_000 },
  { label: '1h', ms: 3_600_000 },
  { label: '1d', ms: 86_400_000 },
] as const;

/**
 * The close of the candle that contains each time, the finest that exists. One request covers all
 * times that fit into one answer. A time without any candle is left out.
 */
export async function readPastPrices(
  exchange: string,
  traits: ExchangeTraits,
  requester: Requester,
  pairs: Pairs,
  request: { readonly asset: string; readonly times: readonly number[]; readonly currency: string },
): Promise<ReadonlyMap<number, PastPrice>> {
  const found = new Map<number, PastPrice>();
  const leg = directLegs(request.asset, request.currency, traits.routes).find(({ pair }) => pairs.has(pair));
  const market = leg && pairs.get(leg.pair);
  if (!market) return found;
  const { candles: read } = traits;
  let open = [...request.times].sort((a, b) => a - b);
  for (const interval of INTERVALS) {
    for (const span of spansOf(open, interval.ms * read.limit)) {
      const from = floorTo(span[0] ?? 0, interval.ms);
      const to = span.at(-1) ?? from;
      const params = read.params(market.id, read.intervals[interval.label], from, to);
      const candles = await requester.read(read.endpoint, params, read.candlesOf);
      const source = `${exchange} ${legName(leg, market.id)} ${interval.label}`;
      for (const [time, close] of matched(span, candles, interval.ms)) {
        const price = legPrice(leg, close);
        if (!price.isZero()) found.set(time, { price, source });
      }
    }
    open = open.filter((time) => !found.has(time));
  }
  return found;
}

const floorTo = (time: number, ms: number): number => time - (time % ms);

/** Times in groups that one answer covers. */
function spansOf(times: readonly number[], spanMs: number): number[][] {
  const spans: number[][] = [];
  for (const time of times) {
    const last = spans.at(-1);
    if (last?.[0] !== undefined && time - last[0] < spanMs - spanMs / 100) last.push(time);
    else spans.push([time]);
  }
  return spans;
}

function matched(times: readonly number[], candles: readonly Candle[], ms: number): [number, Decimal][] {
  const closes = new Map(candles.map(({ start, close }) => [start, close]));
  return times.flatMap((time): [number, Decimal][] => {
    const close = closes.get(floorTo(time, ms));
    if (!close) return [];
    const price = amountOf(close, 'the close of a candle');
    return price.gt(ZERO) ? [[time, price]] : [];
  });
}
