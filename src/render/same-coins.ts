import { type Coin, coinName } from '../accounting/same-coins.js';
import { printable } from './escape.js';

/** A sentence on each ticker that means different coins. */
export const differentCoinNotes = (coins: ReadonlyMap<string, readonly Coin[]>): readonly string[] =>
  [...coins].flatMap(([asset, several]) => {
    if (several.length < 2) return [];
    const names = several.map(({ exchanges }) => {
      const name = exchanges
        .map((exchange) => coinName(asset, exchange))
        .find((known) => known !== undefined);
      return `${exchanges.map(printable).join(', ')}${name === undefined ? '' : ` (${name})`}`;
    });
    return [
      `${printable(asset)} is not the same coin on every exchange, by name or price, so it has a row for each: ${names.join('; ')}.`,
    ];
  });
