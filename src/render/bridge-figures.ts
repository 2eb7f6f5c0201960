import type { AssetBridge, Bridge, BridgeTerm } from '../models/bridge.js';
import type { Decimal } from '../models/decimal.js';
import { percentOf } from '../models/percent.js';
import { HIDDEN } from './holdings-table.js';
import { formatChange, formatGain, formatMoney } from './numbers.js';

/** The terms in the order of a bridge, with what each is called and how soon its column gives way; 0 stays. */
export const TERMS: readonly (readonly [term: BridgeTerm, name: string, head: string, drop: number])[] = [
  ['priceMoves', 'Price moves', 'Prices', 3],
  ['realized', 'Realized, before fees', 'Realized', 4],
  ['income', 'Income', 'Income', 8],
  ['fees', 'Fees', 'Fees', 7],
  ['netFlows', 'Net flows', 'Flows', 5],
  ['traded', 'Traded', 'Traded', 6],
  ['unexplained', 'Unexplained', 'Unexplained', 0],
];

/** What a whole bridge tells: coins traded for one another change it only where one of them is left out. */
export const termsOf = ({ terms }: Bridge): typeof TERMS =>
  TERMS.filter(([term]) => term !== 'traded' || !terms.traded.isZero());

/** The terms that have a column: those that moved anything, and always what is unexplained. */
export const movedTerms = (assets: readonly Pick<AssetBridge, 'bridge'>[]): typeof TERMS =>
  TERMS.filter(
    ([term]) => term === 'unexplained' || assets.some(({ bridge }) => bridge && !bridge.terms[term].isZero()),
  );

/** A change as an amount, or with privacy as a part of the value before. */
export function changeText(amount: Decimal, whole: Bridge | undefined, privacy: boolean): string {
  if (!privacy) return formatGain(amount);
  const percent = percentOf(amount, whole?.from);
  return percent ? formatChange(percent) : HIDDEN;
}

export const valueText = (amount: Decimal, privacy: boolean): string =>
  privacy ? HIDDEN : formatMoney(amount);

/** Whether there is anything unexplained that a reader would see as more than 0.00. */
export const isDoubtful = (term: BridgeTerm | 'change', amount: Decimal): boolean =>
  term === 'unexplained' && !amount.toDecimalPlaces(2).isZero();

/** The greatest change first, what is not known last. */
export function byChange(a: AssetBridge, b: AssetBridge): number {
  if (!a.bridge || !b.bridge) return (a.bridge ? 0 : 1) - (b.bridge ? 0 : 1) || (a.asset < b.asset ? -1 : 1);
  const size = ({ from, to }: Bridge) => to.minus(from).abs();
  return size(b.bridge).compare(size(a.bridge)) || (a.asset < b.asset ? -1 : 1);
}
