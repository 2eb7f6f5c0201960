import { applyEvent } from '../../src/accounting/apply-event.js';
import type { AccountingEvent } from '../../src/accounting/event.js';
import { Ledger } from '../../src/accounting/ledger.js';
import { type Decimal, ZERO } from '../../src/models/decimal.js';
import type { Fee } from '../../src/models/events.js';
import type { Vector, VectorEvent } from './vector-file.js';
import { priceOf, settingsOf } from './vector-settings.js';

export type Ledgers = ReadonlyMap<string, Ledger>;

/**
 * The accounts of a case after its first events, in another reporting currency where one is given. Always
 * from the start: a look at a ledger settles the fees that wait for the end of their millisecond.
 */
export function replayVector(vector: Vector, count = vector.events.length, currency?: string): Ledgers {
  const ledgers = new Map<string, Ledger>();
  let hidden: string | undefined;
  const priceAt = (asset: string, time: number) =>
    asset === hidden ? undefined : priceOf(vector, asset, time);
  const settings = settingsOf(vector, currency);
  const ledgerOf = (account: string) => {
    const ledger = ledgers.get(account) ?? new Ledger(settings, priceAt);
    ledgers.set(account, ledger);
    return ledger;
  };
  for (const event of orderedEvents(vector).slice(0, count)) {
    hidden = hiddenAsset(vector, event);
    applyVectorEvent(ledgerOf, event, vector);
  }
  return ledgers;
}

/** By time; events of the same time keep the order of the file. */
export const orderedEvents = ({ events }: Vector): readonly VectorEvent[] =>
  events.toSorted((a, b) => a.time - b.time);

/** What has no market price at an event: the leg that is not valued, and income of no price. */
function hiddenAsset({ valuation_leg: leg }: Vector, event: VectorEvent): string | undefined {
  if (event.type === 'income' && event.value === null) return event.asset;
  if (!leg || !('quote' in event)) return undefined;
  const [out, received] = event.side === 'buy' ? [event.quote, event.base] : [event.base, event.quote];
  return { out: received, in: out, base: event.quote, quote: event.base }[leg];
}

function applyVectorEvent(
  ledgerOf: (account: string) => Ledger,
  event: VectorEvent,
  { fee_mode: mode }: Vector,
): void {
  if (event.type === 'transfer') {
    const [from, to] = [ledgerOf(event.from), ledgerOf(event.to)];
    applyTransfer(from, to, mode === 'transfer_fee_disposal' ? withFeeSold(from, event) : event);
    return;
  }
  for (const part of partsOf(event, mode === 'none')) applyEvent(ledgerOf(event.account), part);
}

type Of<T extends VectorEvent['type']> = Extract<VectorEvent, { readonly type: T }>;

function partsOf(event: Exclude<VectorEvent, Of<'transfer'>>, feeless: boolean): AccountingEvent[] {
  const { id, time, type } = event;
  switch (type) {
    case 'opening':
      return [{ kind: type, id, time, asset: event.asset, quantity: event.amount, cost: event.cost }];
    case 'income': {
      const value = event.value ? { value: event.value } : {};
      return [{ kind: type, id, time, asset: event.asset, quantity: event.amount, ...value }];
    }
    case 'deposit': {
      const [{ asset, amount: quantity }, cost] = [event, event.cost ?? event.value];
      if (cost) return [{ kind: 'opening', id, time, asset, quantity, cost }];
      return [{ kind: type, id, time, asset, quantity, carried: undefined }];
    }
    case 'withdrawal': {
      const { asset, amount: quantity } = event;
      const fee = feeIn(asset, event.fees);
      return [
        { kind: type, id, time, asset, quantity, fee, received: undefined },
        ...otherFees(event, event.fees),
      ];
    }
    default:
      return [tradeOf(event, feeless)];
  }
}

function tradeOf(event: Of<'trade' | 'convert' | 'dust'>, feeless: boolean): AccountingEvent {
  const { type, id, time, side, base, quote, amount, price, fees } = event;
  return {
    kind: type,
    id,
    time,
    symbol: `${base}/${quote}`,
    base,
    quote,
    side,
    amount,
    value: event.quote_amount ?? amount.times(price ?? ZERO),
    fees: feeless ? [] : fees.map((fee): Fee => ({ asset: fee.currency, amount: fee.amount })),
  };
}

/** What is sent may be written with its fee inside or beside it: what arrived tells which. */
function applyTransfer(from: Ledger, to: Ledger, event: Of<'transfer'>): void {
  const { id, time, asset, amount, fees } = event;
  const fee = feeIn(asset, fees);
  const received = event.received ?? amount;
  const inside = amount.minus(received).gte(fee);
  const quantity = amount;
  applyEvent(from, {
    kind: 'withdrawal',
    id,
    time,
    asset,
    quantity,
    fee: inside ? ZERO : fee,
    received,
  });
  for (const charge of otherFees(event, fees)) applyEvent(from, charge);
  applyEvent(to, { kind: 'deposit', id, time, asset, quantity: received, carried: from.carried.get(id) });
}

/** Where a case counts the network fee as a sale at market: sold first, so that what is sent arrives whole. */
function withFeeSold(from: Ledger, event: Of<'transfer'>): Of<'transfer'> {
  const { time, asset, amount } = event;
  const [fee, received] = [feeIn(asset, event.fees), event.received ?? amount];
  const lost = amount.minus(received).gte(fee) ? amount.minus(received) : fee.plus(amount).minus(received);
  const value = from.valuation.valueOf(from.book(asset), lost, time);
  if (!value || lost.isZero()) return event;
  const quote = from.settings.reportingCurrency;
  const sale = { kind: 'trade', side: 'sell', symbol: `${asset}/${quote}`, base: asset, quote } as const;
  applyEvent(from, { ...sale, id: `${event.id} fee`, time, amount: lost, value, fees: [] });
  return { ...event, amount: received, fees: event.fees.filter(({ currency }) => currency !== asset) };
}

type VectorFees = Of<'transfer'>['fees'];

const feeIn = (asset: string, fees: VectorFees): Decimal =>
  fees.reduce((sum, fee) => (fee.currency === asset ? sum.plus(fee.amount) : sum), ZERO);

/** A fee in another coin than the one that moves is a charge of its own. */
const otherFees = ({ id, time, asset }: Of<'transfer' | 'withdrawal'>, fees: VectorFees): AccountingEvent[] =>
  fees
    .filter(({ currency }) => currency !== asset)
    .map((fee) => ({
      kind: 'income',
      id: `${id} fee`,
      time,
      asset: fee.currency,
      quantity: fee.amount.negated(),
    }));
