import { type Decimal, ZERO } from '../../models/decimal.js';
import type { WalletBalance } from '../../models/holdings.js';
import type { Overview } from '../../models/unread.js';
import { rowAt, rowsAt } from '../answer-parts.js';
import type { KeyFacts } from '../exchange-spec.js';
import { overviewFrom } from '../overview.js';
import { emptyIsZero, amount, flag, list, optional, optionalFlag, text, unsigned } from '../records.js';

const spot = rowAt('', 'the spot account', {
  userId: optional('uid'),
  canTrade: flag('canTrade'),
  canWithdraw: flag('canWithdraw'),
  balances: list('balances', { asset: text('asset'), free: unsigned('free'), locked: unsigned('locked') }),
});

export const spotBalances = (answer: unknown): WalletBalance[] =>
  spot(answer).balances.map(({ asset, free, locked }) => balanceOf(asset, free.plus(locked)));

const funding = rowsAt('', 'the funding wallet', {
  asset: text('asset'),
  free: unsigned('free'),
  locked: unsigned('locked'),
  freeze: unsigned('freeze'),
  withdrawing: unsigned('withdrawing'),
});

/** Coins that are being withdrawn are still there. */
export const fundingBalances = (answer: unknown): WalletBalance[] =>
  funding(answer).map(({ asset, free, locked, freeze, withdrawing }) =>
    balanceOf(asset, free.plus(locked).plus(freeze).plus(withdrawing)),
  );

const flexible = rowsAt('rows', 'flexible earn positions', {
  asset: text('asset'),
  total: unsigned('totalAmount'),
});
const locked = rowsAt('rows', 'locked earn positions', { asset: text('asset'), total: unsigned('amount') });

export const flexibleBalances = (answer: unknown): WalletBalance[] =>
  flexible(answer).map(({ asset, total }) => balanceOf(asset, total));

export const lockedBalances = (answer: unknown): WalletBalance[] =>
  locked(answer).map(({ asset, total }) => balanceOf(asset, total));

/** Nothing can be owed in these wallets. */
const balanceOf = (asset: string, total: Decimal): WalletBalance => ({
  ...{ asset, rawCode: asset, total },
  borrowed: ZERO,
});

/** The unit that is requested instead of BTC. */
export const OVERVIEW_CURRENCY = 'USDT';

const overview = rowsAt('', 'the wallet balances', {
  product: text('walletName'),
  value: emptyIsZero(amount('balance')),
});

/** One total a wallet; bots and copy trading are reported nowhere else. */
export const overviewOf = (answer: unknown): Overview =>
  overviewFrom(
    overview(answer).map(({ product, value }) => ({ product, value, currency: OVERVIEW_CURRENCY })),
    new Set(['Spot', 'Funding', 'Earn']),
  );

/** The permission that reading needs, as Binance's page of a key calls it. */
export const READING = 'Enable Reading';

const restrictions = rowAt('', 'API key', {
  isBound: flag('ipRestrict'),
  canRead: flag('enableReading'),
  canWithdraw: flag('enableWithdrawals'),
  canMove: optionalFlag('enableInternalTransfer'),
  canMoveAnywhere: optionalFlag('permitsUniversalTransfer'),
  canTradeSpot: optionalFlag('enableSpotAndMarginTrading'),
});

/** Beside spot: everything else by which a key can trade. */
const TRADING = [
  'enableMargin',
  'enableFutures',
  'enableVanillaOptions',
  'enableFixApiTrade',
  'enablePortfolioMarginTrading',
];

/** Binance reports neither when a key expires nor whether its account is a sub-account. */
export function rightsOf(answer: unknown): KeyFacts {
  const { canRead, canWithdraw, canMove, canMoveAnywhere, canTradeSpot, isBound, raw } = restrictions(answer);
  const others = raw as Readonly<Record<string, unknown>>;
  const canTrade = canTradeSpot === true || TRADING.some((name) => others[name] === true);
  const canMoveCoins = canMove === true || canMoveAnywhere === true;
  return {
    readOnly: !canTrade && !canMoveCoins && !canWithdraw,
    canTrade,
    canWithdraw,
    ipBound: isBound,
    expiresAt: undefined,
    accountId: undefined,
    isSubAccount: false,
    held: new Set(canRead ? [READING] : []),
  };
}

/** The user id of the account, which the answer on its spot wallet has. */
export const idOf = (answer: unknown): string | undefined => spot(answer).userId;
