import { type Decimal, parseDecimal, ZERO } from '../../src/models/decimal.js';
import { fieldsOf } from './figures.js';
import { snapshotOf } from './snapshots.js';
import type { Expected, Vector } from './vector-file.js';
import { orderedEvents, replayVector } from './vector-replay.js';
import { priceOf } from './vector-settings.js';

/**
 * What of a profit comes from the rate of the quote currency: the profit less what the same events bring
 * when they are counted in that currency, at the rate of its own time.
 */
export function forexPart(
  vector: Vector,
  { asset = '*', steps }: Expected,
  name: 'forex_part_of_realized' | 'forex_part_of_unrealized',
): Decimal | undefined {
  const quote = vector.events.find((event) => 'quote' in event)?.quote;
  if (quote === undefined) return undefined;
  if (name === 'forex_part_of_realized') return realizedPart(vector, asset, quote);
  const market = fieldsOf(steps.findLast((step) => step['unrealized'] !== undefined)?.['unrealized']);
  if (typeof market['fx'] !== 'string' || typeof market['price_quote'] !== 'string') return undefined;
  const [rate, price] = [parseDecimal(market['fx']), parseDecimal(market['price_quote'])];
  const home = snapshotOf(vector, replayVector(vector), asset);
  const abroad = snapshotOf(vector, replayVector(vector, undefined, quote), asset);
  // The quantity's value is the same on both sides, so that only the costs remain.
  const value = home.quantity.times(price).times(rate);
  return value.minus(home.cost).minus(value.minus(abroad.cost.times(rate)));
}

function realizedPart(vector: Vector, asset: string, quote: string): Decimal {
  const at = (count: number, currency?: string) =>
    snapshotOf(vector, replayVector(vector, count, currency), asset).realized;
  return orderedEvents(vector).reduce((sum, { time }, index) => {
    const home = at(index + 1).minus(at(index));
    const abroad = at(index + 1, quote).minus(at(index, quote));
    return sum.plus(home).minus(abroad.times(priceOf(vector, quote, time) ?? ZERO));
  }, ZERO);
}
