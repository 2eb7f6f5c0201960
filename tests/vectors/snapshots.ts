import { merge, NOTHING, sumOfLots } from '../../src/accounting/lot.js';
import { totalOf } from '../../src/accounting/totals.js';
import { type Decimal, ZERO } from '../../src/models/decimal.js';
import type { MissingAcquisition, Lot } from '../../src/models/pool.js';
import type { Vector } from './vector-file.js';
import { type Ledgers, orderedEvents, replayVector } from './vector-replay.js';

/** What is held of an asset and what it has realized, as the case counts fees. */
export interface Snapshot {
  readonly quantity: Decimal;
  readonly cost: Decimal;
  readonly grossCost: Decimal;
  readonly realized: Decimal;
  readonly missing: readonly MissingAcquisition[];
}

/** Fee modes whose averages leave fees out: what is in the cost has then been realized at once. */
const FEES_AT_ONCE = new Set(['expense', 'exchange_display']);

/** All assets together where the asset is `*`, all accounts together where none is named. */
export function snapshotOf(vector: Vector, ledgers: Ledgers, asset: string, account?: string): Snapshot {
  const chosen = [...ledgers].flatMap(([name, ledger]) =>
    account === undefined || name === account ? [ledger] : [],
  );
  const books = chosen
    .flatMap((ledger) => ledger.state().pools)
    .filter((pool) => asset === '*' || pool.asset === asset);
  const pool = books.map(sumOfLots).reduce(merge, NOTHING);
  const realized = books.map(totalOf).reduce((sum, totals) => {
    return sum.plus(totals.trade).plus(totals.fee).plus(totals.transferFee);
  }, ZERO);
  const missing = chosen
    .flatMap((ledger) => ledger.missing)
    .filter((item) => asset === '*' || item.asset === asset);
  return FEES_AT_ONCE.has(vector.fee_mode)
    ? { ...withoutFees(pool, realized), missing }
    : { quantity: pool.quantity, cost: pool.cost, grossCost: pool.grossCost, realized, missing };
}

const withoutFees = ({ quantity, cost, grossCost }: Lot, realized: Decimal) => ({
  quantity,
  cost: grossCost,
  grossCost,
  realized: realized.minus(cost.minus(grossCost)),
});

/** The state before and after an event; undefined where the case has no such event. */
export function aroundEvent(
  vector: Vector,
  id: string,
  asset: string,
  account?: string,
): { readonly before: Snapshot; readonly after: Snapshot } | undefined {
  const at = orderedEvents(vector).findIndex((event) => event.id === id);
  if (at === -1) return undefined;
  const look = (count: number) => snapshotOf(vector, replayVector(vector, count), asset, account);
  return { before: look(at), after: look(at + 1) };
}

/** What all acquisitions of an asset cost: what is held and what was taken, however it left. */
export function acquisitionCost(vector: Vector, asset: string): Decimal {
  return orderedEvents(vector).reduce((sum, event) => {
    const around = aroundEvent(vector, event.id, asset);
    const change = around?.after.cost.minus(around.before.cost) ?? ZERO;
    return change.isPositive() ? sum.plus(change) : sum;
  }, ZERO);
}
