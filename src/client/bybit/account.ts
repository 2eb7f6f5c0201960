import { type Decimal, largest, parseDecimal, ZERO } from '../../models/decimal.js';
import type { WalletBalance } from '../../models/holdings.js';
import type { Overview, UnreadProduct } from '../../models/unread.js';
import { rowAt, rowsAt } from '../answer-parts.js';
import { RequestFailure } from '../answer.js';
import type { KeyFacts } from '../exchange-spec.js';
import { overviewFrom } from '../overview.js';
import {
  absentIsZero,
  amount,
  emptyIsZero,
  list,
  optional,
  optionalAmount,
  optionalFlag,
  text,
  textLists,
  texts,
  unsigned,
} from '../records.js';

const unified = rowsAt('result.list', 'wallet UNIFIED', {
  coins: list('coin', {
    asset: text('coin'),
    total: emptyIsZero(amount('walletBalance')),
    borrowAmount: optionalAmount('borrowAmount'),
    spotBorrow: optionalAmount('spotBorrow'),
    interest: absentIsZero(amount('accruedInterest')),
    equity: optionalAmount('equity'),
    pnl: absentIsZero(amount('unrealisedPnl')),
  }),
});

function unifiedCoins(answer: unknown) {
  const accounts = unified(answer);
  if (accounts.length > 0) return accounts.flatMap(({ coins }) => coins);
  throw new RequestFailure('invalid response for wallet UNIFIED: it has no account', { unusable: true });
}

/** `walletBalance` holds borrowed coins too; the docs take `spotBorrow` off it. */
export const unifiedBalances = (answer: unknown): WalletBalance[] =>
  unifiedCoins(answer).map((coin) => ({
    asset: coin.asset,
    rawCode: coin.asset,
    total: coin.total,
    borrowed: (coin.spotBorrow ?? coin.borrowAmount ?? ZERO).plus(coin.interest),
  }));

/** Bybit rounds each figure by itself. */
const ROUNDING = parseDecimal('0.000001');
const SMALLEST = parseDecimal('1e-8');

/**
 * By coin: equity = walletBalance - spotBorrow + unrealized P&L + option value, of which only the first two are
 * read as balances.
 */
export const unifiedProducts = (answer: unknown): readonly UnreadProduct[] =>
  unifiedCoins(answer).flatMap((coin) => {
    const { asset: currency, pnl } = coin;
    const found = [
      { product: 'derivatives (unrealized P&L)', value: pnl, currency },
      { product: 'options', value: optionsIn(coin), currency },
    ];
    return found.filter(({ value }) => !value.isZero());
  });

function optionsIn(coin: ReturnType<typeof unifiedCoins>[number]): Decimal {
  const borrowed = coin.spotBorrow;
  const equity = borrowed && coin.equity;
  if (!equity) return ZERO;
  const value = equity.minus(coin.total).plus(borrowed).minus(coin.pnl);
  return isRounding(value, equity) ? ZERO : value;
}

const isRounding = (value: Decimal, equity: Decimal): boolean =>
  value.abs().lte(largest(SMALLEST, equity.abs().times(ROUNDING)));

const fund = rowsAt('result.balance', 'wallet FUND', {
  asset: text('coin'),
  // Nothing can be owed here.
  total: emptyIsZero(unsigned('walletBalance')),
});

export const fundBalances = (answer: unknown): WalletBalance[] =>
  fund(answer).map(({ asset, total }) => ({ asset, rawCode: asset, total, borrowed: ZERO }));

const overview = rowAt('result', 'the asset overview', {
  total: optionalAmount('totalEquity'),
  rows: list('list', {
    product: text('accountType'),
    value: emptyIsZero(amount('totalEquity')),
    currency: optional('valuationCurrency'),
  }),
});

/** The account types of the wallets UNIFIED and FUND. */
const WALLETS = new Set(['UnifiedTradingAccount', 'FundingAccount']);

/** Bots, copy trading, loans and launchpool are reported nowhere else. */
export function overviewOf(answer: unknown): Overview {
  const { total, rows } = overview(answer);
  return overviewFrom(
    rows.map(({ product, value, currency = 'USD' }) => ({ product, value, currency })),
    WALLETS,
    total,
  );
}

/**
 * The permissions that reading needs, in the words of Bybit's page of a key. The one for conversions is
 * `Exchange: ["ExchangeHistory"]` in https://bybit-exchange.github.io/docs/v5/user/create-subuid-apikey, and
 * "Convert" in https://bybit-exchange.github.io/docs/v5/asset/convert-small-balance/exchange-history, so that
 * its name here holds both words. No public text was found that quotes the page itself.
 */
export const UNIFIED_TRADING = 'Unified Trading';
export const ASSETS = 'Assets > Wallet';
export const CONVERT_HISTORY = 'Assets > Exchange (convert history)';

/** The groups of permissions of which one is enough for a right. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  [UNIFIED_TRADING]: ['Spot', 'ContractTrade', 'Derivatives', 'Options'],
  [ASSETS]: ['Wallet'],
  [CONVERT_HISTORY]: ['Exchange'],
};

const TRADING = ['Spot', 'ContractTrade', 'Derivatives', 'Options', 'CopyTrading', 'BlockTrade'];

const key = rowAt('result', 'API key', {
  userId: optional('userID'),
  readOnly: text('readOnly'),
  permissions: textLists('permissions'),
  ips: texts('ips'),
  isMaster: optionalFlag('isMaster'),
  parentId: optional('parentUid'),
  deadline: optional('deadlineDay'),
  expiry: optional('expiredAt'),
});

/** A key bound to addresses has `deadlineDay` -2 and an `expiredAt` of 1970: it does not expire. */
export function rightsOf(answer: unknown): KeyFacts {
  const { readOnly, permissions, ips, expiry, isMaster = true, parentId = '0' } = key(answer);
  const has = (group: string) => (permissions[group] ?? []).length > 0;
  const writes = readOnly !== '1';
  const expiresAt = Date.parse(expiry ?? '');
  return {
    readOnly: !writes,
    canTrade: writes && TRADING.some(has),
    canWithdraw: writes && (permissions['Wallet'] ?? []).includes('Withdraw'),
    ipBound: !ips.includes('*'),
    expiresAt: expiresAt > 0 ? expiresAt : undefined,
    accountId: idOf(answer),
    isSubAccount: !isMaster || parentId !== '0',
    held: new Set(Object.keys(GROUPS).filter((right) => GROUPS[right]?.some(has))),
  };
}

/** The user id of the account that the key belongs to. */
export function idOf(answer: unknown): string | undefined {
  const { userId } = key(answer);
  return userId === '0' ? undefined : userId;
}
