import { parseDecimal, ZERO } from '../../src/models/decimal.js';
import type { CostBasis, Holding } from '../../src/models/holdings.js';
import { NO_PRICE } from '../../src/models/holdings.js';
import type { AccountPortfolio } from '../../src/models/portfolio.js';

const MINUTE = 60_000;

export const NOW = Date.UTC(2025, 5, 1, 12);
export const PRICED_AT = NOW - 3 * MINUTE;

const NO_COST: CostBasis = { knownQuantity: ZERO, cost: ZERO, averageEntry: undefined };

/** A holding as texts; `known` of the quantity cost `cost`. */
export function holding(
  asset: string,
  quantity: string,
  facts: { price?: string; route?: string[]; pricedAt?: number; known?: string; cost?: string } = {},
): Holding {
  const { price, route = [`${asset}/USDT`], pricedAt = PRICED_AT } = facts;
  return {
    asset,
    quantity: parseDecimal(quantity),
    price: price === undefined ? NO_PRICE : { known: true, price: parseDecimal(price), route, pricedAt },
    cost: costBasis(facts.known, facts.cost),
  };
}

export function portfolio(account: string, facts: Partial<AccountPortfolio> = {}): AccountPortfolio {
  return {
    account,
    lastSuccess: PRICED_AT,
    lastFailure: undefined,
    wallets: [],
    holdings: [],
    realized: undefined,
    missingAcquisitions: [],
    ...facts,
  };
}

export const HEALTHY = portfolio('bybit', {
  realized: parseDecimal('1204.5'),
  holdings: [
    holding('USDT', '5300.25', { price: '1', route: ['peg'] }),
    holding('BTC', '0.84215', { price: '64210.5', known: '0.84215', cost: '38115.7' }),
    holding('ETH', '6.5', { price: '3120.44', known: '6.5', cost: '21005' }),
    holding('SHIB', '12500000', { price: '0.00001234', known: '12500000', cost: '154.25' }),
  ],
});

export const TROUBLED = portfolio('okx/sub1', {
  lastSuccess: NOW - 150 * MINUTE,
  lastFailure: { time: NOW - 5 * MINUTE, message: 'okx answered 503.' },
  missingAcquisitions: ['MNT'],
  wallets: [
    { wallet: 'trading', readAt: NOW - 150 * MINUTE, failure: undefined },
    { wallet: 'funding', readAt: NOW - 26 * 60 * MINUTE, failure: 'permission denied' },
    { wallet: 'earn', readAt: undefined, failure: 'not switched on' },
  ],
  holdings: [
    holding('BTC', '2', { price: '60000', known: '1.5', cost: '75000', pricedAt: NOW - 150 * MINUTE }),
    holding('OLD', '10', { price: '2.5', pricedAt: NOW - 3 * 24 * 60 * MINUTE }),
    holding('XYZ', '400', { known: '400', cost: '80' }),
    holding('EVIL\u001b[2J\u202e', '1'),
  ],
});

function costBasis(known: string | undefined, cost: string | undefined): CostBasis {
  if (known === undefined || cost === undefined) return NO_COST;
  const knownQuantity = parseDecimal(known);
  return {
    knownQuantity,
    cost: parseDecimal(cost),
    averageEntry: parseDecimal(cost).div(knownQuantity),
  };
}
