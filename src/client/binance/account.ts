import * as v from 'valibot';
import { type Decimal, ZERO } from '../../models/decimal.js';
import type { WalletBalance } from '../../models/holdings.js';
import { shaped, unsignedOf } from '../answer.js';
import type { KeyFacts } from '../exchange-traits.js';
import { READING } from './endpoints.js';

export const POSITION_PAGE = 100;

const flag = v.boolean();

const spot = v.object({
  canTrade: flag,
  canWithdraw: flag,
  uid: v.optional(v.string()),
  balances: v.array(v.object({ asset: v.string(), free: v.string(), locked: v.string() })),
});

export const spotBalances = (answer: unknown): WalletBalance[] =>
  shaped(spot, answer, 'the spot account').balances.map(({ asset, free, locked }) =>
    balanceOf(asset, free, locked),
  );

const funding = v.array(
  v.object({
    asset: v.string(),
    free: v.string(),
    locked: v.string(),
    freeze: v.string(),
    withdrawing: v.string(),
  }),
);

/** What is being withdrawn is still there. */
export const fundingBalances = (answer: unknown): WalletBalance[] =>
  shaped(funding, answer, 'the funding wallet').map(({ asset, free, locked, freeze, withdrawing }) =>
    balanceOf(asset, free, locked, freeze, withdrawing),
  );

const flexible = v.object({ rows: v.array(v.object({ asset: v.string(), totalAmount: v.string() })) });

export const flexibleBalances = (answer: unknown): WalletBalance[] =>
  shaped(flexible, answer, 'flexible earn positions').rows.map(({ asset, totalAmount }) =>
    balanceOf(asset, totalAmount),
  );

const locked = v.object({ rows: v.array(v.object({ asset: v.string(), amount: v.string() })) });

export const lockedBalances = (answer: unknown): WalletBalance[] =>
  shaped(locked, answer, 'locked earn positions').rows.map(({ asset, amount }) => balanceOf(asset, amount));

/** Of a wallet in which nothing can be owed. */
const balanceOf = (asset: string, ...amounts: readonly string[]): WalletBalance => ({
  asset,
  rawCode: asset,
  total: amounts.reduce<Decimal>((sum, text) => sum.plus(unsignedOf(text, `a balance of ${asset}`)), ZERO),
  borrowed: ZERO,
});

const restrictions = v.looseObject({
  ipRestrict: flag,
  enableReading: flag,
  enableWithdrawals: flag,
  enableInternalTransfer: v.optional(flag, false),
  permitsUniversalTransfer: v.optional(flag, false),
  enableSpotAndMarginTrading: v.optional(flag, false),
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
  const rights = shaped(restrictions, answer, 'API key');
  const canTrade = rights.enableSpotAndMarginTrading || TRADING.some((name) => rights[name] === true);
  const canMove = rights.enableInternalTransfer || rights.permitsUniversalTransfer;
  return {
    readOnly: !canTrade && !canMove && !rights.enableWithdrawals,
    canTrade,
    canWithdraw: rights.enableWithdrawals,
    ipBound: rights.ipRestrict,
    expiresAt: undefined,
    accountId: undefined,
    isSubAccount: false,
    held: new Set(rights.enableReading ? [READING] : []),
  };
}

/** The user id of the account, which the answer on its spot wallet has. */
export const idOf = (answer: unknown): string | undefined =>
  shaped(spot, answer, 'the spot account').uid || undefined;
