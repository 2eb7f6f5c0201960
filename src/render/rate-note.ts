import { BOOKS_CURRENCY, type Rate } from '../models/rates.js';
import { ago } from './duration.js';
import { printable } from './escape.js';
import { formatPrice } from './numbers.js';

/** By which rate everything is converted, and that it is not that of the day of a purchase. */
export function rateNote(rate: Rate | undefined, now: number): string | undefined {
  if (!rate) return undefined;
  const { currency, price, route, pricedAt } = rate;
  const over = printable(route.join(', '));
  return (
    `Converted from ${BOOKS_CURRENCY} at 1 ${currency} = ${formatPrice(price)} ${BOOKS_CURRENCY} ` +
    `(${over}, ${ago(pricedAt, now)}), what was paid and realized earlier too.`
  );
}
