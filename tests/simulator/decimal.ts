import { Decimal as DecimalJs } from 'decimal.js';

/** The simulated exchange reckons by another library than the program, so that each is a judge of the other. */
export const Decimal = DecimalJs.clone({ precision: 100, toExpNeg: -9e15, toExpPos: 9e15 });
export type Decimal = DecimalJs;

/** For numbers of any length, of which nothing is lost in a sum. */
export const Exact = Decimal.clone({ precision: 6_000 });

export const ZERO = new Decimal(0);

export const parseDecimal = (text: string): Decimal => new Decimal(text);

/** Plain digits, never scientific. */
export const toText = (value: Decimal): string => (value.isZero() ? '0' : value.toFixed());
