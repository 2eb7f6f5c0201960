import { legOf } from '../models/account-event.js';
import { ZERO } from '../models/decimal.js';
import type { EventSet, Fee, Income, Stream, Trade, Transfer } from '../models/events.js';
import type { EventDraft } from './event-readers.js';

/** The events of a stream as the records that the rest of the program still works with. */
export function sorted(stream: Stream, events: readonly EventDraft[]): EventSet {
  const all = events.map((event) => ({ ...event, source: stream }));
  const ofType = (...types: readonly string[]) => all.filter(({ type }) => types.includes(type));
  return {
    trades: ofType('trade', 'conversion').map(tradeOf),
    transfers: ofType('deposit', 'withdrawal').map(transferOf),
    incomes: ofType('income').map(incomeOf),
  };
}

type SourcedEvent = EventDraft & { readonly source: string };

function tradeOf(event: SourcedEvent): Trade {
  const [base, quote] = [legOf(event, 'base'), legOf(event, 'quote')];
  return {
    kind: event.type === 'trade' ? 'trade' : event.reason === 'dust' ? 'dust' : 'convert',
    id: event.id,
    orderId: event.orderId,
    symbol: event.market ?? '',
    base: base.asset,
    quote: quote.asset,
    side: base.amount.isNegative() ? 'sell' : 'buy',
    amount: base.amount.abs(),
    price: event.price ?? ZERO,
    value: quote.amount.abs(),
    fee: feeOf(event),
    time: event.time,
    raw: event.raw,
  };
}

function transferOf(event: SourcedEvent): Transfer {
  const { asset, amount } = legOf(event, 'moved');
  const { id, status, network, txid, time, raw } = event;
  return {
    direction: event.type === 'deposit' ? 'deposit' : 'withdrawal',
    ...{ id, asset, amount: amount.abs(), fee: feeOf(event), network, txid, time, raw },
    status: status === 'done' ? 'ok' : status,
  };
}

function incomeOf(event: SourcedEvent): Income {
  const { asset, amount } = legOf(event, 'income');
  const { id, reason = '', time, raw } = event;
  return { id, asset, amount, reason, time, raw };
}

function feeOf({ legs }: EventDraft): Fee | undefined {
  const fee = legs.find(({ role }) => role === 'fee');
  return fee && { asset: fee.asset, amount: fee.amount.negated() };
}
