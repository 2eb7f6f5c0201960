import { type Decimal, ONE, parseDecimal, ZERO } from '../../src/models/decimal.js';

/** One published figure against ours. */
export interface Figure {
  readonly name: string;
  readonly expected: string;
  readonly actual: string;
  readonly passed: boolean;
}

/** What a file says, by the name of each figure. */
export type Figures = Readonly<Record<string, unknown>>;

/** A figure with fewer decimals than this is exact, not cut. */
const CUT_DECIMALS = 8;
/** What 50-digit quotients may leave behind. */
const RESIDUE = ONE.div(parseDecimal('1e40'));

/** To every published digit: the same number, or the same once it is cut where the publisher cut it. */
export function exactly(name: string, expected: unknown, actual: Decimal | undefined): Figure {
  return compared(name, expected, actual, (value, text) => {
    const decimals = decimalsOf(text);
    const same = value.minus(parseDecimal(text)).abs().lte(RESIDUE);
    return same || (decimals >= CUT_DECIMALS && value.toDecimalPlaces(decimals).eq(text));
  });
}

/** A ratio or a converted figure, which its publisher rounded to the digits shown. */
export const rounded = (name: string, expected: unknown, actual: Decimal | undefined): Figure =>
  compared(name, expected, actual, (value, text) => value.toDecimalPlaces(decimalsOf(text)).eq(text));

export const within = (
  name: string,
  expected: unknown,
  actual: Decimal | undefined,
  tolerance: unknown,
): Figure =>
  compared(name, expected, actual, (value, text) =>
    value
      .minus(parseDecimal(text))
      .abs()
      .lte(parseDecimal(String(tolerance))),
  );

export const notUnderstood = (name: string, expected: unknown): Figure => ({
  name,
  expected: typeof expected === 'string' ? expected : JSON.stringify(expected),
  actual: 'a figure this runner does not know',
  passed: false,
});

export const fieldsOf = (figure: unknown): Figures =>
  typeof figure === 'object' && figure !== null ? (figure as Figures) : {};

/** Zero where nothing is held, as the sources print it. */
export const quotient = (total: Decimal, quantity: Decimal): Decimal =>
  quantity.isZero() ? ZERO : total.div(quantity);

function compared(
  name: string,
  expected: unknown,
  actual: Decimal | undefined,
  same: (actual: Decimal, expected: string) => boolean,
): Figure {
  const text = typeof expected === 'string' ? expected : JSON.stringify(expected);
  try {
    const passed = actual !== undefined && same(actual, text);
    return { name, expected: text, actual: actual?.toString() ?? 'nothing', passed };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { name, expected: text, actual: 'the expected figure is no decimal string', passed: false };
  }
}

const decimalsOf = (text: string): number => text.split('.')[1]?.length ?? 0;
