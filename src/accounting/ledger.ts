import { type AccountEvent, eventName, legOf } from '../models/account-event.js';
import type { Decimal } from '../models/decimal.js';
import type {
  TransferredCost,
  DayResult,
  LedgerState,
  MissingAcquisition,
  UnvaluedEvent,
} from '../models/pool.js';
import { OpenPool } from './open-pool.js';
import { ofKnownCost, ofUnknownCost } from './lot.js';
import type { AccountingSettings, PriceLookup } from './settings.js';
import { Valuation } from './valuation.js';
import { DAY_MS } from '../models/day.js';

interface WaitingFee {
  readonly event: AccountEvent;
  readonly pool: OpenPool;
  readonly quantity: Decimal;
  readonly value: Decimal | undefined;
}

/** The pools of one account while its events are applied in their order. */
export class Ledger {
  readonly settings: AccountingSettings;
  readonly valuation: Valuation;
  readonly missing: MissingAcquisition[] = [];
  readonly unvalued: UnvaluedEvent[] = [];
  /** The cost that goes with each withdrawal to another own account, by the withdrawal's id. */
  readonly transferredCosts = new Map<string, TransferredCost>();
  readonly #pools = new Map<string, OpenPool>();
  readonly #days: DayResult[] = [];
  #time: number | undefined;
  #waitingFees: WaitingFee[] = [];

  constructor(settings: AccountingSettings, priceAt: PriceLookup, state?: LedgerState) {
    this.settings = settings;
    this.valuation = new Valuation(settings, priceAt);
    this.#time = state?.time;
    for (const pool of state?.pools ?? []) {
      this.#pools.set(pool.asset, new OpenPool(pool.asset, settings, pool));
    }
  }

  /** Moves the clock to an event: settles waiting fees when a millisecond is over, and closes a day that is over. */
  advance(time: number): void {
    if (this.#time === time) return;
    this.#settleFees();
    if (this.#time !== undefined && dayOf(time) !== dayOf(this.#time)) this.#closeDay(dayOf(this.#time));
    this.#time = time;
  }

  pool(asset: string): OpenPool {
    const known = this.#pools.get(asset);
    if (known) return known;
    const pool = new OpenPool(asset, this.settings);
    this.#pools.set(asset, pool);
    return pool;
  }

  /** V, the value of both sides of a trade; undefined if it is not known. */
  valueOfTrade(trade: AccountEvent): Decimal | undefined {
    const [base, quote] = [this.pool(legOf(trade, 'base').asset), this.pool(legOf(trade, 'quote').asset)];
    return this.valuation.valueOfTrade(base, quote, trade);
  }

  /**
   * Applies a sale or a fee in kind: realizes what the pool holds and reports what is missing. `market` is the
   * market value of what leaves; the proceeds differ from it by fees.
   */
  dispose(
    event: AccountEvent,
    pool: OpenPool,
    quantity: Decimal,
    proceeds: Decimal | undefined,
    market: Decimal | undefined,
    kind: 'trade' | 'fee',
  ): void {
    if (quantity.isZero()) return;
    const { found, missing, known, cost, grossCost, estimatedQuantity } = pool.take(quantity);
    this.reportMissing(event, pool.asset, found, missing);
    const whole = this.settings.gapCost === 'zero' || (missing.isZero() && known.eq(found));
    // A quotient only if there is something to split, so that the usual case stays exact.
    const matchedOf = (value: Decimal) => (whole ? value : value.share(known, quantity));
    if (!estimatedQuantity.isZero()) pool.count('estimatedSold', estimatedQuantity);
    if (market) pool.count('grossGain', matchedOf(market).minus(grossCost));
    if (!proceeds) return;
    const matched = matchedOf(proceeds);
    pool.count(kind, matched.minus(cost));
    if (!whole) pool.count('unmatchedProceeds', proceeds.minus(matched));
  }

  /**
   * A fee in a third coin is a sale of that coin at market; a rebate an acquisition. One that would take
   * its pool below zero waits for the acquisitions of the same millisecond.
   */
  payFee(event: AccountEvent, pool: OpenPool, quantity: Decimal, value: Decimal | undefined): void {
    if (quantity.isNegative()) {
      const received = quantity.negated();
      const cost = value?.negated();
      pool.lots.add(cost ? ofKnownCost(received, cost, cost) : ofUnknownCost(received));
    } else if (quantity.gt(pool.quantity)) {
      this.#waitingFees.push({ event, pool, quantity, value });
    } else {
      this.dispose(event, pool, quantity, value, value, 'fee');
    }
  }

  /** How many fees in a coin wait for the acquisitions of their millisecond. */
  waitingFeesOf(asset: string): number {
    return this.#waitingFees.filter(({ pool }) => pool.asset === asset).length;
  }

  reportMissing(event: AccountEvent, asset: string, found: Decimal, missing: Decimal): void {
    if (missing.isZero()) return;
    this.pool(asset).count('missing', missing);
    this.missing.push({ event: eventName(event), asset, time: event.time, found, missing });
  }

  reportUnvalued(event: AccountEvent, asset: string): void {
    this.unvalued.push({ event: eventName(event), asset, time: event.time });
  }

  /** The totals of every day with events; the last day is still open. */
  days(): readonly DayResult[] {
    this.#settleFees();
    const open = this.state().pools.flatMap(({ asset, today }) =>
      today && this.#time !== undefined ? [{ day: dayOf(this.#time), asset, totals: today }] : [],
    );
    return [...this.#days, ...open];
  }

  /** Sorted by asset, so that the same history gives the same text. */
  state(): LedgerState {
    this.#settleFees();
    const pools = [...this.#pools.values()].map((pool) => pool.state());
    return { time: this.#time, pools: pools.sort((a, b) => (a.asset < b.asset ? -1 : 1)) };
  }

  #settleFees(): void {
    if (this.#waitingFees.length === 0) return;
    const fees = this.#waitingFees;
    this.#waitingFees = [];
    for (const { event, pool, quantity, value } of fees)
      this.dispose(event, pool, quantity, value, value, 'fee');
  }

  #closeDay(day: number): void {
    for (const pool of this.#pools.values()) {
      const totals = pool.closeDay();
      if (totals) this.#days.push({ day, asset: pool.asset, totals });
    }
  }
}

const dayOf = (time: number): number => Math.floor(time / DAY_MS);
