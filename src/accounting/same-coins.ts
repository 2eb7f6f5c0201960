import { COIN_NAMES } from '../models/coin-names.js';
import { type Decimal, parseDecimal } from '../models/decimal.js';
import type { AccountPortfolio } from '../models/portfolio.js';
import { holdingFigures, type HoldingFigures } from './holding-figures.js';
import { HOUR_MS } from '../models/day.js';

/** One coin under its ticker, over all accounts that hold it. */
export interface Coin {
  readonly asset: string;
  readonly rows: readonly HoldingFigures[];
  /** Where the ticker means this coin. */
  readonly exchanges: readonly string[];
}

/** Beyond this ratio two exchanges do not trade the same coin. */
const MAX_RATIO = parseDecimal('1.5');
/** Prices further apart in time may differ for that reason alone. */
const MAX_APART_MS = HOUR_MS;

interface Held {
  readonly row: HoldingFigures;
  readonly exchange: string;
}

/** What is held by ticker; a ticker that means different coins on different exchanges has several of them. */
export function coinsOf(
  accounts: readonly AccountPortfolio[],
  currency: string,
): ReadonlyMap<string, readonly Coin[]> {
  const held = new Map<string, Held[]>();
  for (const portfolio of accounts) {
    const [exchange = ''] = portfolio.account.split('/');
    for (const row of holdingFigures(portfolio, currency)) {
      const { asset } = row.holding;
      held.set(asset, [...(held.get(asset) ?? []), { row, exchange }]);
    }
  }
  return new Map(
    [...held].map(([asset, rows]) => [
      asset,
      grouped(asset, rows).map((group) => ({
        asset,
        rows: group.map(({ row }) => row),
        exchanges: [...new Set(group.map(({ exchange }) => exchange))],
      })),
    ]),
  );
}

function grouped(asset: string, rows: readonly Held[]): Held[][] {
  const groups: Held[][] = [];
  for (const held of rows) {
    const group = groups.find((members) => members.every((member) => isSame(asset, member, held)));
    if (group) group.push(held);
    else groups.push([held]);
  }
  return groups;
}

function isSame(asset: string, one: Held, other: Held): boolean {
  if (one.exchange === other.exchange) return true;
  const [name, otherName] = [coinName(asset, one.exchange), coinName(asset, other.exchange)];
  if (name !== undefined && otherName !== undefined) return name === otherName;
  const [price, otherPrice] = [one.row.holding.price, other.row.holding.price];
  if (!price.known || !otherPrice.known) return true;
  if (Math.abs(price.pricedAt - otherPrice.pricedAt) > MAX_APART_MS) return true;
  return isNear(price.price, otherPrice.price);
}

const isNear = (price: Decimal, other: Decimal): boolean =>
  price.lte(other.times(MAX_RATIO)) && other.lte(price.times(MAX_RATIO));

/** What a ticker means on an exchange, if that is known. */
export const coinName = (asset: string, exchange: string): string | undefined =>
  Object.hasOwn(COIN_NAMES, asset) ? COIN_NAMES[asset]?.[exchange] : undefined;
