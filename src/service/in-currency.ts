import type { Decimal } from '../models/decimal.js';
import type { Snapshot } from '../models/history.js';
import type { Holding } from '../models/holdings.js';
import type { AccountPortfolio, Portfolio } from '../models/portfolio.js';
import type { Rate } from '../models/currencies.js';

/** Enough digits for a coin that costs a millionth; a quotient may have infinitely many. */
const DECIMALS = 18;

type Convert = (amount: Decimal) => Decimal;

/** Every amount of money in another currency, at one rate, including costs and past values. */
export function inCurrency({ accounts, recent }: Portfolio, rate: Rate): Portfolio {
  const convert: Convert = (amount) => amount.div(rate.price).toDecimalPlaces(DECIMALS);
  return {
    accounts: accounts.map((account) => convertedAccount(account, convert)),
    recent: recent.map((snapshot) => convertedSnapshot(snapshot, convert)),
    rate,
  };
}

const convertedSnapshot = (snapshot: Snapshot, convert: Convert): Snapshot => ({
  ...snapshot,
  value: snapshot.value && convert(snapshot.value),
  netFlowsSince: snapshot.netFlowsSince && convert(snapshot.netFlowsSince),
});

const convertedAccount = (account: AccountPortfolio, convert: Convert): AccountPortfolio => ({
  ...account,
  holdings: account.holdings.map((holding) => convertedHolding(holding, convert)),
  lastPrices: new Map(
    [...account.lastPrices].map(([asset, last]) => [asset, { ...last, price: convert(last.price) }]),
  ),
  realized: account.realized && convert(account.realized),
});

const convertedHolding = ({ price, cost, ...holding }: Holding, convert: Convert): Holding => ({
  ...holding,
  price: price.known ? { ...price, price: convert(price.price) } : price,
  cost: {
    knownQuantity: cost.knownQuantity,
    cost: convert(cost.cost),
    averageEntry: cost.averageEntry && convert(cost.averageEntry),
  },
});
