import type { Decimal } from '../models/decimal.js';
import { extentOf } from './scale.js';

const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const MIDDLE = '▄';
/** A column without a bar, which no renderer of Markdown or HTML joins with the next. */
const UNKNOWN_BAR = '\u00a0';
/** A column in eighths from the left. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'] as const;
const BAR_COLUMNS = 8;

/**
 * A line of one character a value, lowest to highest, from the first that is known; blank where a later one is
 * not, and nothing at all with fewer than two.
 */
export function sparkline(values: readonly (Decimal | undefined)[]): string {
  const known = values.filter((value) => value !== undefined);
  if (known.length < 2) return '';
  const { lowest, highest } = extentOf(known);
  const spread = highest.minus(lowest);
  const levelOf = (value: Decimal) =>
    spread.isZero()
      ? MIDDLE
      : LEVELS[
          whole(
            value
              .minus(lowest)
              .times(LEVELS.length - 1)
              .div(spread),
          )
        ];
  return values
    .slice(values.indexOf(known[0]))
    .map((value) => (value ? (levelOf(value) ?? MIDDLE) : UNKNOWN_BAR))
    .join('')
    .trimEnd();
}

/** A percentage as a bar of up to eight columns; one above 0 has at least an eighth of a column. */
export function shareBar(percent: Decimal | undefined): string {
  if (!percent?.isPositive()) return '';
  const eighths = Math.min(BAR_COLUMNS * 8, Math.max(1, whole(percent.times(BAR_COLUMNS * 8).div(100))));
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}

const whole = (value: Decimal): number => Number.parseInt(value.toFixed(0), 10);
