import { parseExactJson, type ParseOptions } from './exact-json.js';

export interface ParseOnce {
  readonly parse: (text: string, maxValues?: number) => unknown;
  /** Frees an answer that the second reader will not ask for. */
  readonly forget: () => void;
}

/**
 * Parses a text once for two readers that ask one after the other, as the transport and ccxt do: the
 * markets of an exchange are megabytes.
 */
export function parseOnceForTwo(mask?: ParseOptions['mask']): ParseOnce {
  let last: { readonly text: string; readonly value: unknown } | undefined;
  return {
    parse: (text, maxValues) => {
      const value =
        last?.text === text
          ? last.value
          : parseExactJson(text, { ...(mask && { mask }), ...(maxValues !== undefined && { maxValues }) });
      last = last?.text === text ? undefined : { text, value };
      return value;
    },
    forget: () => {
      last = undefined;
    },
  };
}
