import { type Decimal, largest, parseDecimal } from '../models/decimal.js';

/** The smallest and the largest value of a drawing. */
export interface Extent {
  readonly lowest: Decimal;
  readonly highest: Decimal;
}

/** Throws RangeError if there is no value. */
export function extentOf([first, ...others]: readonly Decimal[]): Extent {
  if (!first) throw new RangeError('an extent of nothing');
  return {
    lowest: others.reduce((least, value) => (value.lt(least) ? value : least), first),
    highest: others.reduce((most, value) => (value.gt(most) ? value : most), first),
  };
}

/** The place of a value in percent of the length, to draw it there: the one place where an amount becomes a float. */
export function placeOf(value: Decimal, { lowest, highest }: Extent): number {
  const spread = highest.minus(lowest);
  if (spread.isZero()) return 50;
  return Number.parseInt(value.minus(lowest).times(10_000).div(spread).toFixed(0), 10) / 100;
}

/** Round values with the same step between them, the smallest at or below the scale and the largest at or above. */
export function ticksOf({ lowest, highest }: Extent): {
  readonly ticks: readonly Decimal[];
  readonly step: Decimal;
} {
  const spread = highest.minus(lowest);
  const step = roundStep(spread.isZero() ? magnitudeOf(largest(highest.abs(), CENT)) : spread.div(MAX_STEPS));
  const ticks: Decimal[] = [];
  for (let tick = below(lowest, step); ; tick = tick.plus(step)) {
    ticks.push(tick);
    if (ticks.length > 1 && tick.gte(highest)) return { ticks, step };
  }
}

const MAX_STEPS = 4;
const CENT = parseDecimal('0.01');
const ROUND = [1, 2, 5, 10] as const;

/** 1, 2 or 5 times a power of ten, at least as much as asked. */
function roundStep(least: Decimal): Decimal {
  const unit = magnitudeOf(least);
  return unit.times(ROUND.find((factor) => unit.times(factor).gte(least)) ?? 10);
}

const magnitudeOf = (value: Decimal): Decimal => parseDecimal(`1e${value.magnitude}`);

/** The largest whole number of steps that is not above. */
function below(value: Decimal, step: Decimal): Decimal {
  const nearest = step.times(value.div(step).toDecimalPlaces(0));
  return nearest.gt(value) ? nearest.minus(step) : nearest;
}
