import { type Decimal, ZERO } from '../models/decimal.js';
import {
  type AssetBridge,
  type AssetMoment,
  type Bridge,
  BRIDGE_TERMS,
  type BridgeTerm,
  type Counts,
  type Moment,
  type TotalBridge,
} from '../models/bridge.js';

/**
 * The way from one snapshot of an account to a later one, by asset; assets of which nothing is left to say
 * are not among them. Every term is in the reporting currency and has the sign with which it changed the
 * value, so that to - from is their sum, exactly:
 *
 * - netFlows: deposits less withdrawals, at the market of their time.
 * - income: at the market of its time.
 * - fees: less than nothing where they were paid, at the market of their time, in the asset they were paid in.
 * - traded: what came for other assets less what was given for them, at the value of the trade. Over all
 *   assets it is nothing; it remains in a sum that leaves assets out.
 * - realized: what sales and fees in kind gained, before any fee: the market value of what left less its
 *   cost without fees. No fee is in it, so none is counted twice. Only over costs that are known.
 * - priceMoves: all that prices did, less what was realized of it: the change of the gain that is not
 *   realized. What the coins held or sent away rose by is in it, also of coins of unknown cost.
 * - unexplained: the change of what the exchange says beyond what the events give (balance - coins moved),
 *   and coins moved at a time without a known price; both at the newer price.
 *
 * It needs the price of everything held, at both times: without one the asset's change is not known.
 */
export function bridgeAssets(from: Moment, to: Moment): readonly AssetBridge[] {
  const assets = [...new Set([...from.assets.keys(), ...to.assets.keys()])].sort();
  return assets
    .map((asset) => bridgeAsset(asset, from.assets.get(asset) ?? ABSENT, to.assets.get(asset) ?? ABSENT))
    .filter(({ bridge, unvalued }) => !bridge || !isNothing(bridge) || !unvalued.isZero());
}

/** The sum of the ways that are known, with the assets that it leaves out. */
export function totalBridge(assets: readonly AssetBridge[]): TotalBridge {
  const known = assets.flatMap(({ bridge }) => bridge ?? []);
  const leftOut = assets.filter(({ bridge }) => !bridge).map(({ asset }) => asset);
  const bridge = known.length === 0 && leftOut.length > 0 ? undefined : known.reduce(plus, NO_WAY);
  return { bridge, leftOut: [...new Set(leftOut)].sort() };
}

function bridgeAsset(asset: string, from: AssetMoment, to: AssetMoment): AssetBridge {
  const counted = difference(from.counts, to.counts);
  const astray = to.quantity.minus(from.quantity).minus(counted.moved).plus(counted.unvaluedQuantity);
  const values = [valueOf(from), valueOf(to), valueAt(astray, to.price ?? from.price)] as const;
  const [before, after, unexplained] = values;
  const known = before && after && unexplained;
  return {
    asset,
    bridge: known && { from: before, to: after, terms: termsOf(before, after, unexplained, counted) },
    unvalued: counted.unvaluedMoved,
    estimated: !counted.estimatedSold.isZero(),
  };
}

function termsOf(from: Decimal, to: Decimal, unexplained: Decimal, counted: Counts): Bridge['terms'] {
  const { book, grossGain, income, feesPaid } = counted;
  const netFlows = counted.deposits.minus(counted.withdrawals);
  return {
    priceMoves: to.minus(from).minus(unexplained).minus(book).minus(grossGain),
    realized: grossGain,
    income,
    fees: feesPaid.negated(),
    netFlows,
    traded: book.minus(netFlows).minus(income).plus(feesPaid),
    unexplained,
  };
}

/** A quantity of zero is worth zero at any price; any other needs a price. */
const valueAt = (quantity: Decimal, price: Decimal | undefined): Decimal | undefined =>
  quantity.isZero() ? ZERO : price?.times(quantity);

const valueOf = ({ quantity, price }: AssetMoment): Decimal | undefined => valueAt(quantity, price);

/** Of what never moved. */
export const NO_COUNTS: Counts = {
  moved: ZERO,
  grossGain: ZERO,
  income: ZERO,
  feesPaid: ZERO,
  deposits: ZERO,
  withdrawals: ZERO,
  book: ZERO,
  unvaluedQuantity: ZERO,
  unvaluedMoved: ZERO,
  estimatedSold: ZERO,
};
const ABSENT: AssetMoment = { quantity: ZERO, price: undefined, counts: NO_COUNTS };
const COUNTED = Object.keys(NO_COUNTS) as (keyof Counts)[];

const difference = (from: Counts, to: Counts): Counts =>
  Object.fromEntries(COUNTED.map((kind) => [kind, to[kind].minus(from[kind])])) as unknown as Counts;

const eachTerm = (of: (term: BridgeTerm) => Decimal): Bridge['terms'] =>
  Object.fromEntries(BRIDGE_TERMS.map((term) => [term, of(term)])) as Bridge['terms'];

const NO_WAY: Bridge = { from: ZERO, to: ZERO, terms: eachTerm(() => ZERO) };

const plus = (a: Bridge, b: Bridge): Bridge => ({
  from: a.from.plus(b.from),
  to: a.to.plus(b.to),
  terms: eachTerm((term) => a.terms[term].plus(b.terms[term])),
});

const isNothing = ({ from, to, terms }: Bridge): boolean =>
  from.isZero() && to.isZero() && BRIDGE_TERMS.every((term) => terms[term].isZero());
