import type { Decimal } from '../models/decimal.js';
import type { Fee } from '../models/events.js';
import type { TradeEvent } from './event.js';
import { type AccountingSettings, isCash, type PriceLookup } from './settings.js';

const PEG = 'USD';

/** Value of events in the reporting currency; undefined wherever no price or rate is known. */
export class Valuation {
  readonly #settings: AccountingSettings;
  readonly #priceAt: PriceLookup;

  constructor(settings: AccountingSettings, priceAt: PriceLookup) {
    this.#settings = settings;
    this.#priceAt = priceAt;
  }

  /** The reporting currency counts as itself, a pegged stablecoin as US dollars, all else by its market. */
  valueOf(asset: string, quantity: Decimal, time: number): Decimal | undefined {
    const money = this.#moneyOf(asset);
    if (money === this.#settings.reportingCurrency) return quantity;
    return this.#priceAt(money, time)?.times(quantity);
  }

  /**
   * V, the value of both legs of a trade: the leg in the reporting currency, else a fiat leg at its rate,
   * else a pegged leg, else the quote leg at market, else the base leg at market. The executed quote
   * amount counts, not price x amount.
   */
  valueOfTrade({ base, quote, amount, value, time }: TradeEvent): Decimal | undefined {
    return this.#rank(quote) <= this.#rank(base)
      ? (this.valueOf(quote, value, time) ?? this.valueOf(base, amount, time))
      : (this.valueOf(base, amount, time) ?? this.valueOf(quote, value, time));
  }

  /**
   * m, the market value of a fee. A fee in a coin of the trade is priced by the trade itself, so that both
   * legs and the fee agree to the last digit.
   */
  valueOfFee({ asset, amount }: Fee, trade: TradeEvent, value: Decimal | undefined): Decimal | undefined {
    if (isCash(asset, this.#settings)) return this.valueOf(asset, amount, trade.time);
    if (asset === trade.base) return value?.times(amount).div(trade.amount);
    if (asset === trade.quote) return value?.times(amount).div(trade.value);
    return this.valueOf(asset, amount, trade.time);
  }

  #rank(asset: string): number {
    const { reportingCurrency, fiat, stablecoins } = this.#settings;
    if (asset === reportingCurrency) return 0;
    return fiat.has(asset) ? 1 : stablecoins.has(asset) ? 2 : 3;
  }

  #moneyOf(asset: string): string {
    return this.#settings.stablecoins.has(asset) ? PEG : asset;
  }
}
