import type { Bridge, BridgeTerm } from '../../models/bridge.js';
import type { Decimal } from '../../models/decimal.js';
import { percentOf } from '../../models/percent.js';
import { type Cell, toneOf } from '../document.js';
import { formatChange, formatGain, formatMoney, HIDDEN } from '../numbers.js';

/** The terms in their order, each with its names and the priority of its column. */
export const TERMS: readonly (readonly [term: BridgeTerm, name: string, title: string, priority: number])[] =
  [
    ['priceMoves', 'Price moves', 'Prices', 3],
    ['realized', 'Realized, before fees', 'Realized', 4],
    ['income', 'Income', 'Income', 8],
    ['fees', 'Fees', 'Fees', 7],
    ['netFlows', 'Net flows', 'Flows', 5],
    ['traded', 'Traded', 'Traded', 6],
    ['unexplained', 'Unexplained', 'Unexplained', 0],
  ];

/** The terms of a total; coins traded for one another change it only if one of them is excluded. */
export const termsOf = ({ terms }: Bridge) =>
  TERMS.filter(([term]) => term !== 'traded' || !terms.traded.isZero()).map(([term, name]) => ({
    term,
    name,
    amount: terms[term],
  }));

/** A change as an amount, or with privacy in percent of the value before; `nothing` is printed for 0. */
export function termCell(
  term: BridgeTerm | 'change',
  amount: Decimal,
  whole: Bridge | undefined,
  privacy: boolean,
  nothing = '0.00',
): Cell {
  if (amount.isZero()) return { text: nothing };
  const percent = percentOf(amount, whole?.from);
  const text = !privacy ? formatGain(amount) : percent ? formatChange(percent) : HIDDEN;
  return { text, tone: isDoubtful(term, amount) ? 'doubt' : toneOf(amount) };
}

/** Whether a reader sees more than 0.00 that is unexplained. */
const isDoubtful = (term: BridgeTerm | 'change', amount: Decimal): boolean =>
  term === 'unexplained' && !amount.toDecimalPlaces(2).isZero();

export const valueText = (amount: Decimal, privacy: boolean): string =>
  privacy ? HIDDEN : formatMoney(amount);
