import { type Decimal, parseDecimal, toText } from '../models/decimal.js';
import type { Difference } from '../models/holdings.js';
import { grouped } from '../models/text.js';
import { printable } from './escape.js';

/** Not known; never written as 0. */
export const UNKNOWN = '—';
/** An amount that `--privacy` hides. */
export const HIDDEN = '•••••';
/** Cash has no profit or loss: neither unknown nor 0. */
export const NO_GAIN = '·';
/** The figure is that of a part of the quantity. */
export const PARTIAL = '*';

const PRICE_DIGITS = 8;
const QUANTITY_DECIMALS = 8;
const MIN_SHOWN_QUANTITY = parseDecimal(`1e-${QUANTITY_DECIMALS}`);

/** `1,234.50` */
export function formatMoney(value: Decimal | undefined): string {
  return value === undefined ? UNKNOWN : grouped(rounded(value, 2).toFixed(2));
}

/** A mark of an axis whose marks are `step` apart: as many decimals as needed to distinguish them. */
export function formatTick(value: Decimal, step: Decimal): string {
  const decimals = step.isZero() ? 2 : decimalsOf(step);
  return grouped(rounded(value, decimals).toFixed(decimals));
}

const decimalsOf = (step: Decimal, decimals = 0): number =>
  step.lt(1) ? decimalsOf(step.times(10), decimals + 1) : decimals;

/** `+1,234.50`, `-0.07`, `0.00` */
export function formatGain(value: Decimal | undefined): string {
  return value === undefined ? UNKNOWN : signOf(rounded(value, 2)) + formatMoney(value);
}

/** 8 significant digits, but every digit before the point and at least 2 decimals: `64,210.50`, `0.00001234`. */
export function formatPrice(value: Decimal | undefined): string {
  if (value === undefined) return UNKNOWN;
  if (value.isZero()) return '0.00';
  const decimals = Math.max(2, PRICE_DIGITS - 1 - value.magnitude);
  return grouped(trimmed(value.toFixed(decimals), 2));
}

/** Up to 8 decimals without needless zeros; dust below that is `<0.00000001`, never 0. */
export function formatQuantity(value: Decimal | undefined): string {
  if (value === undefined) return UNKNOWN;
  if (!value.isZero() && value.abs().lt(MIN_SHOWN_QUANTITY)) return dust(value);
  return grouped(trimmed(value.toFixed(QUANTITY_DECIMALS), 0));
}

/** `+12.34%` of percent. */
export function formatChange(percent: Decimal | undefined): string {
  return percent === undefined ? UNKNOWN : signOf(rounded(percent, 2)) + formatShare(percent);
}

/** `54.20%` of percent. */
export function formatShare(percent: Decimal | undefined): string {
  return percent === undefined ? UNKNOWN : `${formatMoney(percent)}%`;
}

function dust(value: Decimal): string {
  return value.isNegative() ? `>-${MIN_SHOWN_QUANTITY.toFixed()}` : `<${MIN_SHOWN_QUANTITY.toFixed()}`;
}

const rounded = (value: Decimal, decimals: number): Decimal => value.toDecimalPlaces(decimals);

function signOf(value: Decimal): string {
  return value.isPositive() ? '+' : '';
}

function trimmed(digits: string, minimumDecimals: number): string {
  const [whole = '', decimals = ''] = digits.split('.');
  const kept = decimals.replace(/0+$/, '').padEnd(minimumDecimals, '0');
  return kept === '' ? whole : `${whole}.${kept}`;
}

/** `BTC -0.1`: a signed quantity of an asset, with every digit. */
export const signedQuantity = ({ asset, amount }: Pick<Difference, 'asset' | 'amount'>): string =>
  `${printable(asset)} ${amount.isPositive() ? '+' : ''}${toText(amount)}`;
