import { type HoldingFigures, portfolioTotals } from '../../accounting/holding-figures.js';
import type { Bridge } from '../../models/bridge.js';
import { type Decimal, largest, parseDecimal, ZERO } from '../../models/decimal.js';
import { percentOf } from '../../models/figures.js';
import { shortName } from '../document.js';
import { count } from '../../models/text.js';
import { printable } from '../escape.js';
import { formatShare } from '../numbers.js';
import type { Bar, Bars } from '../page.js';
import { type Extent, extentOf, placeOf } from '../scale.js';
import { termCell, termsOf, valueText } from './attribution-terms.js';
import { isShown } from './portfolio.js';

const MAX_BARS = 9;
const WHOLE = parseDecimal('100');

/** What the value consists of, a bar an asset; undefined if no asset has a share. */
export function allocationBars(
  rows: readonly HoldingFigures[],
  minimum: Decimal | undefined,
): Bars | undefined {
  const shares = sharesOf(rows, minimum);
  if (shares.length === 0) return undefined;
  // Debts can make one asset more than the whole.
  const scale = { lowest: ZERO, highest: largest(WHOLE, ...shares.map(({ percent }) => percent)) };
  return {
    kind: 'bars',
    id: 'shares',
    title: 'Each asset as a part of the value',
    bars: shares.map(({ name, percent }) => ({
      // A drawing does not wrap its text.
      name: shortName(printable(name)),
      text: formatShare(percent),
      from: 0,
      to: placeOf(percent, scale),
      tone: 'share',
    })),
    hasTracks: true,
  };
}

interface Share {
  readonly name: string;
  readonly percent: Decimal;
}

/** The largest first; the small ones together, after them. */
function sharesOf(rows: readonly HoldingFigures[], minimum: Decimal | undefined): readonly Share[] {
  const { value } = portfolioTotals(rows);
  const held = rows
    .flatMap((row) =>
      row.value?.isPositive() && row.weight ? [{ row, value: row.value, weight: row.weight }] : [],
    )
    .sort((one, other) => other.value.compare(one.value));
  const large = held.filter(({ row }) => isShown(row, minimum));
  const own = large.slice(0, held.length > MAX_BARS ? MAX_BARS - 1 : MAX_BARS);
  const rest = held.flatMap(({ row }) => (own.some((one) => one.row === row) ? [] : row));
  const others = percentOf(portfolioTotals(rest).value, value);
  return [
    ...own.map(({ row, weight }) => ({ name: row.holding.asset, percent: weight })),
    ...(others ? [{ name: count(rest.length, 'other'), percent: others }] : []),
  ];
}

/** From the value before over each term to the value now; the width begins at the lowest of them. */
export function waterfall(bridge: Bridge, privacy: boolean): Bars {
  const steps = stepsOf(bridge);
  const scale = extentOf([bridge.from, ...steps.map(({ after }) => after)]);
  return {
    kind: 'bars',
    id: 'waterfall',
    title: 'How the value before became the value now, step by step',
    bars: [
      markBar('Value before', bridge.from, scale, privacy),
      ...steps.map(({ term, name, amount, after }): Bar => {
        const { text, tone } = termCell(term, amount, bridge, privacy);
        const [from, to] = [placeOf(after.minus(amount), scale), placeOf(after, scale)];
        return { name, text, from, to, tone: tone === 'doubt' ? 'doubt' : signOf(amount) };
      }),
      markBar('Value now', bridge.to, scale, privacy),
    ],
    isChained: true,
  };
}

/** The terms with the value after each of them. */
function stepsOf(bridge: Bridge) {
  let after = bridge.from;
  return termsOf(bridge).map((step) => {
    after = after.plus(step.amount);
    return { ...step, after };
  });
}

function markBar(name: string, value: Decimal, scale: Extent, privacy: boolean): Bar {
  const place = placeOf(value, scale);
  return { name, text: valueText(value, privacy), from: place, to: place, tone: 'mark' };
}

const signOf = (amount: Decimal): Bar['tone'] =>
  amount.isZero() ? 'none' : amount.isNegative() ? 'loss' : 'gain';
