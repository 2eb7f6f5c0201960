import type { Trade, Transfer } from '../models/events.js';
import type { MissingAcquisition, Pool, UnvaluedEvent } from '../models/pool.js';
import { applyTrade } from './apply-trade.js';
import { Ledger } from './ledger.js';
import { type AccountingEvent, compareEvents, tradeEvent, transferEvent } from './order.js';
import { type AccountingSettings, isCash, type PriceLookup } from './settings.js';

export interface ReplayInput {
  readonly trades: readonly Trade[];
  readonly transfers: readonly Transfer[];
  readonly settings: AccountingSettings;
  readonly priceAt: PriceLookup;
}

export interface Replay {
  /** By asset; cash has none. */
  readonly pools: ReadonlyMap<string, Pool>;
  readonly missing: readonly MissingAcquisition[];
  readonly unvalued: readonly UnvaluedEvent[];
}

/** The account's pools after its whole history, whatever the order and number of its arrivals. */
export function replay({ trades, transfers, settings, priceAt }: ReplayInput): Replay {
  const ledger = new Ledger(settings, priceAt);
  let time = Number.NEGATIVE_INFINITY;
  for (const event of orderedEvents(trades, transfers)) {
    if (event.time !== time) ledger.settleFees();
    time = event.time;
    if (event.kind === 'trade') applyTrade(ledger, event.trade);
    else applyTransfer(ledger, event.transfer);
  }
  ledger.settleFees();
  const { pools, missing, unvalued } = ledger;
  return { pools, missing, unvalued };
}

/** One event an identity, the last content given; in the order of their keys. */
function orderedEvents(trades: readonly Trade[], transfers: readonly Transfer[]): AccountingEvent[] {
  const events = new Map<string, AccountingEvent>();
  for (const trade of trades) events.set(`trade ${trade.symbol} ${trade.id}`, tradeEvent(trade));
  for (const transfer of transfers) {
    events.set(`${transfer.direction} ${transfer.id}`, transferEvent(transfer));
  }
  return [...events.values()].sort(compareEvents);
}

/** A deposit counts once it has arrived; a withdrawal as soon as the exchange has taken the coins. */
function applyTransfer(ledger: Ledger, transfer: Transfer): void {
  const { direction, id, asset, amount, fee, status, time } = transfer;
  if (status === 'failed' || isCash(asset, ledger.settings)) return;
  const event = `${direction} ${id}`;
  if (direction === 'deposit') {
    const quantity = fee?.asset === asset ? amount.minus(fee.amount) : amount;
    if (status === 'ok') ledger.deposit({ event, time, asset, quantity });
    return;
  }
  const quantity = fee?.asset === asset ? amount.plus(fee.amount) : amount;
  ledger.withdraw({ event, time, asset, quantity });
}
