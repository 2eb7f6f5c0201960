import { applyEvent } from '../../src/accounting/apply-event.js';
import { Ledger } from '../../src/accounting/ledger.js';
import { ofKnownCost } from '../../src/accounting/lot.js';
import { resolved, type ResolvedEvent } from '../../src/accounting/resolve.js';
import type { AccountEvent, EventType, Leg } from '../../src/models/account-event.js';
import { type Decimal, ZERO } from '../../src/models/decimal.js';
import type { Vector, VectorEvent } from './vector-file.js';
import { priceOf, settingsOf } from './vector-settings.js';

export type Ledgers = ReadonlyMap<string, Ledger>;

/**
 * The accounts of a case after its first events, in another reporting currency where one is given. Always
 * from the start: a look at a ledger settles the fees that wait for the end of their millisecond.
 */
export function replayVector(vector: Vector, count = vector.events.length, currency?: string): Ledgers {
  const ledgers = new Map<string, Ledger>();
  let current: VectorEvent | undefined;
  const priceAt = (asset: string, time: number) => {
    if (current && asset === hiddenAsset(vector, current)) return undefined;
    return (current && statedPrice(current, asset)) ?? priceOf(vector, asset, time);
  };
  const settings = settingsOf(vector, currency);
  const ledgerOf = (account: string) => {
    const ledger = ledgers.get(account) ?? new Ledger(settings, priceAt);
    ledgers.set(account, ledger);
    return ledger;
  };
  for (const event of orderedEvents(vector).slice(0, count)) {
    current = event;
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

/** The price of an income whose value the case states. */
const statedPrice = (event: VectorEvent, asset: string): Decimal | undefined =>
  event.type === 'income' && event.asset === asset ? event.value?.div(event.amount) : undefined;

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

function partsOf(event: Exclude<VectorEvent, Of<'transfer'>>, feeless: boolean): ResolvedEvent[] {
  switch (event.type) {
    case 'income':
      return [eventOf('income', event, [leg('income', event.asset, event.amount)])];
    case 'opening':
    case 'deposit':
      return [depositOf(event)];
    case 'withdrawal': {
      const { asset, amount, fees } = event;
      const fee = feeIn(asset, fees);
      return [
        eventOf('withdrawal', event, [
          leg('moved', asset, amount.negated()),
          leg('fee', asset, fee.negated()),
        ]),
        ...otherFees(event, fees),
      ];
    }
    default:
      return [tradeOf(event, feeless)];
  }
}

function eventOf(
  type: EventType,
  { id, time }: Pick<VectorEvent, 'id' | 'time'>,
  legs: readonly Leg[],
): AccountEvent {
  return { id, time, type, source: type, status: 'done', legs, raw: undefined };
}

const leg = (role: Leg['role'], asset: string, amount: Decimal): Leg => ({
  asset,
  amount,
  role,
  wallet: undefined,
});

/** Coins whose cost the case states bring it along, like coins from another own account. */
function depositOf(event: Of<'opening' | 'deposit'>): ResolvedEvent {
  const { time, asset, amount } = event;
  const cost = event.cost ?? ('value' in event ? event.value : undefined);
  const deposit = eventOf('deposit', event, [leg('moved', asset, amount)]);
  if (!cost) return deposit;
  const carried = { time, lots: [ofKnownCost(amount, cost, cost)], value: cost };
  return resolved(deposit, { kind: 'carried', carried });
}

function tradeOf(event: Of<'trade' | 'convert' | 'dust'>, feeless: boolean): AccountEvent {
  const { type, side, base, quote, amount, price, fees } = event;
  const value = event.quote_amount ?? amount.times(price ?? ZERO);
  const isBuy = side === 'buy';
  const legs = [
    leg('base', base, isBuy ? amount : amount.negated()),
    leg('quote', quote, isBuy ? value.negated() : value),
    ...(feeless ? [] : fees.map((fee) => leg('fee', fee.currency, fee.amount.negated()))),
  ];
  const kind = type === 'trade' ? {} : { reason: type };
  return {
    ...eventOf(type === 'trade' ? 'trade' : 'conversion', event, legs),
    ...kind,
    market: `${base}/${quote}`,
  };
}

/** What is sent may be written with its fee inside or beside it: what arrived tells which. */
function applyTransfer(from: Ledger, to: Ledger, event: Of<'transfer'>): void {
  const { id, time, asset, amount, fees } = event;
  const fee = feeIn(asset, fees);
  const received = event.received ?? amount;
  const beside = amount.minus(received).gte(fee) ? ZERO : fee;
  const legs = [leg('moved', asset, amount.negated()), leg('fee', asset, beside.negated())];
  applyEvent(from, { ...eventOf('withdrawal', event, legs), resolution: { kind: 'sent', received, time } });
  for (const charge of otherFees(event, fees)) applyEvent(from, charge);
  const carried = from.transferredCosts.get(id);
  const deposit = eventOf('deposit', event, [leg('moved', asset, received)]);
  applyEvent(to, resolved(deposit, carried && { kind: 'carried', carried }));
}

/** Where a case counts the network fee as a sale at market: sold first, so that what is sent arrives whole. */
function withFeeSold(from: Ledger, event: Of<'transfer'>): Of<'transfer'> {
  const { time, asset, amount } = event;
  const [fee, received] = [feeIn(asset, event.fees), event.received ?? amount];
  const lost = amount.minus(received).gte(fee) ? amount.minus(received) : fee.plus(amount).minus(received);
  const value = from.valuation.valueOf(from.pool(asset), lost, time);
  if (!value || lost.isZero()) return event;
  const quote = from.settings.reportingCurrency;
  const legs = [leg('base', asset, lost.negated()), leg('quote', quote, value)];
  const sale = eventOf('trade', { id: `${event.id} fee`, time }, legs);
  applyEvent(from, { ...sale, market: `${asset}/${quote}` });
  return { ...event, amount: received, fees: event.fees.filter(({ currency }) => currency !== asset) };
}

type VectorFees = Of<'transfer'>['fees'];

const feeIn = (asset: string, fees: VectorFees): Decimal =>
  fees.reduce((sum, fee) => (fee.currency === asset ? sum.plus(fee.amount) : sum), ZERO);

/** A fee in another coin than the one that moves is a charge of its own. */
const otherFees = (event: Of<'transfer' | 'withdrawal'>, fees: VectorFees): AccountEvent[] =>
  fees
    .filter(({ currency }) => currency !== event.asset)
    .map((fee) =>
      eventOf('income', { id: `${event.id} fee`, time: event.time }, [
        leg('income', fee.currency, fee.amount.negated()),
      ]),
    );
