import type { AssetTrace, AssetTraces, Charge, Position, TraceLine } from '../../models/trace.js';
import { amountOrNull, jsonText, SCHEMA_VERSION, timeOrNull } from './text.js';
import { costOf, priceOf } from '../../accounting/trace-figures.js';

/** The events behind an average for a machine: amounts as strings, null for what is not known. */
export function renderTradesJson(traces: AssetTraces, { currency }: { readonly currency: string }): string {
  return jsonText({
    schemaVersion: SCHEMA_VERSION,
    generatedAt: timeOrNull(traces.now),
    currency,
    costMethod: traces.method,
    asset: traces.asset,
    accounts: traces.accounts.map(accountJson),
    absentAccounts: traces.absent,
  });
}

function accountJson({ account, cash, lines, position, realized, held, ahead }: AssetTrace): object {
  return {
    account,
    cash,
    lines: lines.map(lineJson),
    position: positionJson(position),
    realized: amountOrNull(realized),
    shown: held ? { quantity: amountOrNull(held.quantity), averageEntry: amountOrNull(held.average) } : null,
    awaitsSync: ahead,
  };
}

/** `after` and `realized` stand on the last line of an event. */
function lineJson(line: TraceLine): object {
  const { outcome } = line;
  return {
    time: timeOrNull(line.time),
    event: line.event,
    what: line.what,
    for: line.counter ?? null,
    quantity: amountOrNull(line.quantity),
    price: amountOrNull(priceOf(line)),
    value: amountOrNull(line.value),
    fees: line.charges.map(chargeJson),
    lastOfEvent: outcome !== undefined,
    realized: amountOrNull(outcome?.realized),
    after: outcome ? positionJson(outcome.position) : null,
  };
}

const chargeJson = ({ asset, amount, value }: Charge): object => ({
  asset,
  amount: amountOrNull(amount),
  value: amountOrNull(value),
});

const positionJson = (position: Position): object => ({
  quantity: amountOrNull(position.quantity),
  costKnownQuantity: amountOrNull(position.knownQuantity),
  costEstimatedQuantity: amountOrNull(position.estimatedQuantity),
  cost: amountOrNull(costOf(position)),
  averageEntry: amountOrNull(position.average),
});
