import type { Decimal } from '../models/decimal.js';
import type { Fee, Trade } from '../models/events.js';
import { type AccountingSettings, isCash, type PriceLookup } from './settings.js';

/**
 * V, the value of both legs of a trade in the reporting currency: the leg in it or in a pegged
 * stablecoin, else the quote leg at market, else the base leg at market; undefined where none is known.
 * The executed quote amount counts, not price x amount.
 */
export function valueOfTrade(
  trade: Trade,
  settings: AccountingSettings,
  priceAt: PriceLookup,
): Decimal | undefined {
  if (isCash(trade.quote, settings)) return trade.value;
  if (isCash(trade.base, settings)) return trade.amount;
  const quotePrice = priceAt(trade.quote, trade.time);
  if (quotePrice) return trade.value.times(quotePrice);
  const basePrice = priceAt(trade.base, trade.time);
  return basePrice && trade.amount.times(basePrice);
}

/**
 * m, the market value of a fee. A fee in a coin of the trade is priced by the trade itself, so that
 * both legs and the fee agree to the last digit.
 */
export function valueOfFee(
  fee: Fee,
  trade: Trade,
  value: Decimal | undefined,
  settings: AccountingSettings,
  priceAt: PriceLookup,
): Decimal | undefined {
  if (isCash(fee.asset, settings)) return fee.amount;
  if (fee.asset === trade.base) return value?.times(fee.amount).div(trade.amount);
  if (fee.asset === trade.quote) return value?.times(fee.amount).div(trade.value);
  const price = priceAt(fee.asset, trade.time);
  return price && fee.amount.times(price);
}

export interface PriceNeed {
  readonly asset: string;
  readonly time: number;
}

/** The market prices without which trades or their fees have no value: to be fetched and stored first. */
export function pricesNeeded(trades: readonly Trade[], settings: AccountingSettings): PriceNeed[] {
  return trades.flatMap((trade) => {
    const { base, quote, fee, time } = trade;
    const assets = new Set<string>();
    if (!isCash(base, settings) && !isCash(quote, settings)) assets.add(quote);
    if (
      fee &&
      !fee.amount.isZero() &&
      !isCash(fee.asset, settings) &&
      fee.asset !== base &&
      fee.asset !== quote
    ) {
      assets.add(fee.asset);
    }
    return [...assets].map((asset) => ({ asset, time }));
  });
}
