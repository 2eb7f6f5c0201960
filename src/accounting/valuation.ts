import { type AccountEvent, legOf } from '../models/account-event.js';
import type { Decimal } from '../models/decimal.js';
import type { OpenPool } from './open-pool.js';
import type { AccountingSettings, PriceLookup } from './settings.js';

/** Values events in the reporting currency; undefined if no price or rate is known. */
export class Valuation {
  readonly #reportingCurrency: string;
  readonly #priceAt: PriceLookup;

  constructor({ reportingCurrency }: AccountingSettings, priceAt: PriceLookup) {
    this.#reportingCurrency = reportingCurrency;
    this.#priceAt = priceAt;
  }

  /** The reporting currency counts as itself, a pegged stablecoin as US dollars, everything else at market price. */
  valueOf({ kind }: OpenPool, quantity: Decimal, time: number): Decimal | undefined {
    if (kind.money === this.#reportingCurrency) return quantity;
    return this.#priceAt(kind.money, time)?.times(quantity);
  }

  /**
   * V, the value of both sides of a trade: the leg in the reporting currency, otherwise a fiat leg at its rate, a
   * pegged leg, the quote leg at market, or the base leg at market. The executed quote amount counts, not price x
   * amount.
   */
  valueOfTrade(base: OpenPool, quote: OpenPool, trade: AccountEvent): Decimal | undefined {
    const { time } = trade;
    const [amount, value] = [legOf(trade, 'base').amount.abs(), legOf(trade, 'quote').amount.abs()];
    return quote.kind.rank <= base.kind.rank
      ? (this.valueOf(quote, value, time) ?? this.valueOf(base, amount, time))
      : (this.valueOf(base, amount, time) ?? this.valueOf(quote, value, time));
  }

  /**
   * m, the market value of a fee. A fee in a coin of the trade is priced by the trade itself, so that both
   * legs and the fee agree to the last digit.
   */
  valueOfFee(pool: OpenPool, fee: Decimal, trade: AccountEvent, V: Decimal | undefined): Decimal | undefined {
    const side = trade.legs.find(({ role, asset }) => role !== 'fee' && asset === pool.asset);
    if (side && !pool.cash) return V?.share(fee, side.amount.abs());
    return this.valueOf(pool, fee, trade.time);
  }
}
