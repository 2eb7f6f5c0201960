/** Quotients end here; everything else is exact. */
const QUOTIENT_DECIMALS = 50;
const SHOWN_DIGITS = 40;

/** Digits in one way only: with a point that may be missing, a long text that is no number took minutes. */
const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/i;

/** A whole number stands for itself; a fraction is never written as a float. */
export type Exact = Decimal | string | number;

/**
 * The one door for money: an exact decimal number, `digits` / 10^`scale`. Sums, differences and products
 * lose nothing, whatever their length. Only a division rounds, half-even and always at the same decimal
 * place: what is split off and what is left then add up to the whole again, to the last digit.
 */
export class Decimal {
  readonly digits: bigint;
  readonly scale: number;

  constructor(digits: bigint, scale: number) {
    this.digits = digits;
    this.scale = scale;
  }

  plus(other: Exact): Decimal {
    const { digits, scale } = exact(other);
    if (digits === 0n) return this;
    return scale <= this.scale
      ? new Decimal(this.digits + shifted(digits, this.scale - scale), this.scale)
      : new Decimal(shifted(this.digits, scale - this.scale) + digits, scale);
  }

  minus(other: Exact): Decimal {
    const { digits, scale } = exact(other);
    if (digits === 0n) return this;
    return scale <= this.scale
      ? new Decimal(this.digits - shifted(digits, this.scale - scale), this.scale)
      : new Decimal(shifted(this.digits, scale - this.scale) - digits, scale);
  }

  times(other: Exact): Decimal {
    const { digits, scale } = exact(other);
    return new Decimal(this.digits * digits, this.scale + scale);
  }

  /** Rounded half-even at the 50th decimal place; throws RangeError on zero. */
  div(other: Exact): Decimal {
    const { digits, scale } = exact(other);
    return quotient(this.digits, this.scale, digits, scale);
  }

  /** This times `part` / `whole`, rounded once, as a quotient is. */
  share(part: Decimal, whole: Decimal): Decimal {
    return quotient(this.digits * part.digits, this.scale + part.scale, whole.digits, whole.scale);
  }

  negated(): Decimal {
    return new Decimal(-this.digits, this.scale);
  }

  abs(): Decimal {
    return this.digits < 0n ? this.negated() : this;
  }

  /** Negative, zero or positive, as this is less than, equal to or greater than the other. */
  compare(other: Exact): number {
    const { digits, scale } = exact(other);
    const mine = shifted(this.digits, Math.max(0, scale - this.scale));
    const theirs = shifted(digits, Math.max(0, this.scale - scale));
    return mine < theirs ? -1 : mine > theirs ? 1 : 0;
  }

  eq(other: Exact): boolean {
    return this.compare(other) === 0;
  }

  gt(other: Exact): boolean {
    return this.compare(other) > 0;
  }

  gte(other: Exact): boolean {
    return this.compare(other) >= 0;
  }

  lt(other: Exact): boolean {
    return this.compare(other) < 0;
  }

  lte(other: Exact): boolean {
    return this.compare(other) <= 0;
  }

  isZero(): boolean {
    return this.digits === 0n;
  }

  isNegative(): boolean {
    return this.digits < 0n;
  }

  isPositive(): boolean {
    return this.digits > 0n;
  }

  /** The power of ten of the first digit that is not 0: 2 for 345, -2 for 0.0345; 0 for 0. */
  get magnitude(): number {
    return this.isZero() ? 0 : this.abs().digits.toString().length - 1 - this.scale;
  }

  /** Rounded half-even to so many decimals, where it has more. */
  toDecimalPlaces(decimals: number): Decimal {
    if (this.scale <= decimals) return this;
    return new Decimal(halfEven(this.digits, shifted(1n, this.scale - decimals)), decimals);
  }

  toSignificantDigits(count: number): Decimal {
    const decimals = count - 1 - this.magnitude;
    if (decimals >= 0) return this.toDecimalPlaces(decimals);
    const unit = shifted(1n, -decimals);
    return new Decimal(halfEven(this.digits, shifted(unit, this.scale)) * unit, 0);
  }

  /** Plain digits with so many decimals, rounded half-even; by default all there are. */
  toFixed(decimals = this.scale): string {
    const { digits, scale } = this.toDecimalPlaces(decimals);
    const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
    const whole = text.slice(0, text.length - scale);
    const fraction = text.slice(text.length - scale).padEnd(decimals, '0');
    return `${digits < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
  }

  /** Plain digits without needless zeros, never scientific; what goes to the wire, to JSON and to Postgres. */
  toString(): string {
    const text = this.toFixed();
    return this.scale === 0 ? text : text.replace(/\.?0+$/, '');
  }

  toJSON(): string {
    return this.toString();
  }
}

export const ZERO = new Decimal(0n, 0);
export const ONE = new Decimal(1n, 0);

/** An exact amount from its text; throws RangeError on anything else (NaN, Infinity, '', '1,5'). */
export function parseDecimal(text: string): Decimal {
  if (text === '0') return ZERO; // Most stored amounts are, and a match for each takes memory.
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (whole === '' && fraction === '') {
    throw new RangeError(`not a decimal number: ${JSON.stringify(text.slice(0, 80))}`);
  }
  const digits = BigInt(`${sign}${whole}${fraction}`);
  const scale = fraction.length - Number.parseInt(exponent, 10);
  return scale >= 0 ? new Decimal(digits, scale) : new Decimal(shifted(digits, -scale), 0);
}

export const toText = (value: Decimal): string => value.toString();

export const largest = (first: Decimal, ...others: readonly Decimal[]): Decimal =>
  others.reduce((most, value) => (value.gt(most) ? value : most), first);

/** An average as it is stored and shown: 40 digits, so that the roundings behind it do not surface. */
export const average = (total: Decimal, quantity: Decimal): Decimal =>
  total.div(quantity).toSignificantDigits(SHOWN_DIGITS);

function exact(value: Exact): Decimal {
  if (typeof value === 'object') return value;
  return typeof value === 'string' ? parseDecimal(value) : new Decimal(BigInt(value), 0);
}

function quotient(digits: bigint, scale: number, divisor: bigint, divisorScale: number): Decimal {
  // Most quotients of what exchanges send are short; found so, they stay cheap to compute with.
  if (scale >= divisorScale && scale < QUOTIENT_DECIMALS && digits % divisor === 0n) {
    return new Decimal(digits / divisor, scale - divisorScale);
  }
  const shift = QUOTIENT_DECIMALS + divisorScale - scale;
  const rounded =
    shift >= 0 ? halfEven(shifted(digits, shift), divisor) : halfEven(digits, shifted(divisor, -shift));
  return new Decimal(rounded, QUOTIENT_DECIMALS);
}

/** To the nearest whole number, and to the even one where two are equally near. */
function halfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  if (rest === 0n) return quotient;
  const twice = 2n * (rest < 0n ? -rest : rest);
  const whole = divisor < 0n ? -divisor : divisor;
  if (twice < whole || (twice === whole && quotient % 2n === 0n)) return quotient;
  return rest < 0n === divisor < 0n ? quotient + 1n : quotient - 1n;
}

const POWERS: bigint[] = [];

/** With so many zeros behind it. */
function shifted(digits: bigint, places: number): bigint {
  return places === 0 ? digits : digits * (POWERS[places] ??= 10n ** BigInt(places));
}
