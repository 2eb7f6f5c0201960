import { parseExactJson, type ParseOptions } from './exact-json.js';

/**
 * Parses a text once for two readers that ask one after the other, as the transport and ccxt do: the
 * markets of an exchange are megabytes.
 */
export function parseOnceForTwo(mask?: ParseOptions['mask']) {
  let last: { readonly text: string; readonly value: unknown } | undefined;
  return (text: string, maxValues?: number): unknown => {
    const value =
      last?.text === text
        ? last.value
        : parseExactJson(text, { ...(mask && { mask }), ...(maxValues !== undefined && { maxValues }) });
    last = last?.text === text ? undefined : { text, value };
    return value;
  };
}
