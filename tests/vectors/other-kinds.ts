import { type Decimal, ONE, ZERO } from '../../src/models/decimal.js';
import { exactly, type Figure } from './figures.js';
import type { Vector } from './vector-file.js';

/** Net positions that may turn short, which spot accounts never do: quantities and entry prices only. */
export const judgeNetting = ({ expected }: Vector): readonly Figure[] =>
  expected.cases.flatMap(({ legs, qty, avg }, index) => {
    const position = legs.reduce(addLeg, { quantity: ZERO, average: ZERO });
    const name = `case ${index + 1}`;
    return [exactly(`${name} qty`, qty, position.quantity), exactly(`${name} avg`, avg, position.average)];
  });

interface Position {
  readonly quantity: Decimal;
  readonly average: Decimal;
}

/** A leg adds at its price, reduces at the average, or turns the position, which then begins at its price. */
function addLeg({ quantity, average }: Position, [more, price]: readonly [Decimal, Decimal]): Position {
  const total = quantity.plus(more);
  if (total.isZero()) return { quantity: ZERO, average: ZERO };
  if (quantity.isZero() || total.isNegative() !== quantity.isNegative()) {
    return { quantity: total, average: price };
  }
  if (more.isNegative() !== quantity.isNegative()) return { quantity: total, average };
  return { quantity: total, average: quantity.times(average).plus(more.times(price)).div(total) };
}

/** Fees in several tokens, each through the rates that lead to the reporting currency. */
export function judgeFees(vector: Vector): readonly Figure[] {
  const total = vector.fees.reduce<Decimal | undefined>((sum, [amount, asset]) => {
    const rate = rateOf(vector, asset, new Set());
    return sum && rate && sum.plus(amount.times(rate));
  }, ZERO);
  return [exactly('fee_in_quote', vector.expected['fee_in_quote'], total)];
}

function rateOf(vector: Vector, asset: string, seen: ReadonlySet<string>): Decimal | undefined {
  if (asset === vector.reporting_currency) return ONE;
  for (const [pair, rate] of Object.entries(vector.rates)) {
    const [from = '', to = ''] = pair.split('-');
    const [next, factor] = from === asset ? [to, rate] : [from, ONE.div(rate)];
    if ((from !== asset && to !== asset) || seen.has(next)) continue;
    const rest = rateOf(vector, next, new Set([...seen, asset]));
    if (rest) return rest.times(factor);
  }
  return undefined;
}
