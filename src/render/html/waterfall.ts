import type { Bridge } from '../../models/bridge.js';
import type { Decimal } from '../../models/decimal.js';
import { changeText, isDoubtful, termsOf, valueText } from '../bridge-figures.js';
import { type Extent, extentOf } from '../extent.js';
import { type BarRow, barRows } from './bar-rows.js';
import type { SafeHtml } from './markup.js';
import { placeOf } from './scale.js';

/** From the value before over each way in which it changed to the value now; the width begins at the least of them. */
export function waterfall(bridge: Bridge, privacy: boolean): SafeHtml {
  const steps = stepsOf(bridge);
  const scale = extentOf([bridge.from, ...steps.map(({ after }) => after)]);
  const { from, to } = bridge;
  const rows = [
    markRow('Value before', from, scale, privacy),
    ...steps.map(({ term, name, amount, after }): BarRow => {
      const end = placeOf(after, scale);
      return {
        name,
        text: amount.isZero() ? '0.00' : changeText(amount, bridge, privacy),
        from: placeOf(after.minus(amount), scale),
        to: end,
        tone: isDoubtful(term, amount) ? 'doubt' : toneOf(amount),
      };
    }),
    markRow('Value now', to, scale, privacy),
  ];
  return barRows(rows, {
    id: 'waterfall',
    title: 'How the value before became the value now, step by step',
    description: rows.map(({ name, text }) => `${name} ${text}`).join(', '),
    chained: true,
  });
}

/** The terms with the value that each of them leads to. */
function stepsOf(bridge: Bridge) {
  let after = bridge.from;
  return termsOf(bridge).map(([term, name]) => {
    const amount = bridge.terms[term];
    after = after.plus(amount);
    return { term, name, amount, after };
  });
}

function markRow(name: string, value: Decimal, scale: Extent, privacy: boolean): BarRow {
  const place = placeOf(value, scale);
  return { name, text: valueText(value, privacy), from: place, to: place, tone: 'mark' };
}

const toneOf = (amount: Decimal): BarRow['tone'] =>
  amount.isZero() ? 'none' : amount.isNegative() ? 'loss' : 'gain';
