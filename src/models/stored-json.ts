import * as v from 'valibot';
import { LAST_MS } from './day.js';
import { parseDecimal } from './decimal.js';

/** Strangers write into a database too: what is kept there in another shape counts as nothing kept. */
export function inShape<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> | undefined {
  const { success, output } = v.safeParse(schema, value);
  return success ? output : undefined;
}

/** An amount as its exact digits. */
export const amountText = v.pipe(v.string(), v.check(isAmount));

/** ms since 1970, up to the last year of four digits. */
export const moment = v.pipe(v.number(), v.minValue(0), v.maxValue(LAST_MS));

function isAmount(text: string): boolean {
  try {
    parseDecimal(text);
    return true;
  } catch {
    return false;
  }
}
