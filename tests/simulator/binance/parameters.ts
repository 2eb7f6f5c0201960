import type { World } from '../world.js';
import { BinanceError, type Params } from './wire.js';

const SYMBOL = /^[A-Z0-9-_.]{1,20}$/;
const WHOLE = /^[0-9]{1,20}$/;

export function mandatory(params: Params, name: string): string {
  const value = params.get(name);
  if (value) return value;
  throw new BinanceError(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`);
}

/** A symbol that is traded now. */
export function tradedSymbol(world: World, params: Params): string {
  const symbol = legal('symbol', mandatory(params, 'symbol'), SYMBOL);
  if (!world.markets.has(symbol)) throw new BinanceError(-1121, 'Invalid symbol.');
  return symbol;
}

/** `symbol`, or `symbols` as a JSON array, of those that are listed, delisted ones too; undefined: all. */
export function listedSymbols(world: World, params: Params): readonly string[] | undefined {
  const [one, several] = [params.get('symbol'), params.get('symbols')];
  if (one === undefined && several === undefined) return undefined;
  if (one !== undefined && several !== undefined)
    throw new BinanceError(-1128, 'Combination of optional parameters invalid.');
  const symbols = one === undefined ? parsedSymbols(several ?? '') : [one];
  if (new Set(symbols).size < symbols.length)
    throw new BinanceError(-1151, 'Symbol is present multiple times in the list.');
  for (const symbol of symbols) {
    legal(one === undefined ? 'symbols' : 'symbol', symbol, SYMBOL);
    if (!world.markets.has(symbol) && !world.delisted.has(symbol))
      throw new BinanceError(-1121, 'Invalid symbol.');
  }
  return symbols;
}

function parsedSymbols(text: string): readonly string[] {
  try {
    const symbols: unknown = JSON.parse(text);
    if (Array.isArray(symbols) && symbols.length > 0) return symbols.map(String);
  } catch {
    // Told below, as anything else that is no list.
  }
  throw new BinanceError(
    -1100,
    "Illegal characters found in parameter 'symbols'; legal range is '^\\[.*\\]$'.",
  );
}

export function whole(params: Params, name: string): number | undefined {
  const text = params.get(name);
  return text === undefined ? undefined : Number(legal(name, text, WHOLE));
}

/** More than the largest is cut down to it. */
export function limitOf(params: Params, usual: number, largest: number, name = 'limit'): number {
  const limit = whole(params, name) ?? usual;
  if (limit < 1) throw new BinanceError(-1130, `Data sent for parameter '${name}' is not valid.`);
  return Math.min(limit, largest);
}

export function legal(name: string, value: string, range: RegExp): string {
  if (range.test(value)) return value;
  throw new BinanceError(
    -1100,
    `Illegal characters found in parameter '${name}'; legal range is '${range.source}'.`,
  );
}

/** Of /api, which counts what it reads against what was sent. */
export function refuseUnread(params: Params, reads: readonly string[]): void {
  const read = [...params.keys()].filter((name) => reads.includes(name)).length;
  if (read === params.size) return;
  throw new BinanceError(
    -1104,
    `Not all sent parameters were read; read '${read}' parameter(s) but was sent '${params.size}'.`,
  );
}
