import * as v from 'valibot';
import { ZERO } from '../../models/decimal.js';
import type { WalletBalance } from '../../models/holdings.js';
import { amountOf, shaped, unsignedOf } from '../answer.js';
import type { KeyFacts } from '../exchange-traits.js';
import { ASSETS, CONVERT_HISTORY, UNIFIED_TRADING } from './rights.js';

const unified = v.object({
  result: v.object({
    list: v.pipe(
      v.array(
        v.object({
          coin: v.array(
            v.object({
              coin: v.string(),
              walletBalance: v.string(),
              borrowAmount: v.optional(v.string()),
              spotBorrow: v.optional(v.string()),
              accruedInterest: v.optional(v.string()),
            }),
          ),
        }),
      ),
      v.minLength(1, 'no account in it'),
    ),
  }),
});

/** `walletBalance` holds borrowed coins too; the docs take `spotBorrow` off it. */
export function unifiedBalances(answer: unknown): WalletBalance[] {
  const rows = shaped(unified, answer, 'wallet UNIFIED').result.list.flatMap(({ coin }) => coin);
  return rows.map((row) => {
    const borrowed = amountOf(row.spotBorrow || row.borrowAmount || '0', `what is borrowed of ${row.coin}`);
    return {
      asset: row.coin,
      rawCode: row.coin,
      total: amountOf(row.walletBalance || '0', `the balance of ${row.coin}`),
      borrowed: borrowed.plus(amountOf(row.accruedInterest || '0', `the interest owed in ${row.coin}`)),
    };
  });
}

const fund = v.object({
  result: v.object({ balance: v.array(v.object({ coin: v.string(), walletBalance: v.string() })) }),
});

export function fundBalances(answer: unknown): WalletBalance[] {
  return shaped(fund, answer, 'wallet FUND').result.balance.map(({ coin, walletBalance }) => ({
    asset: coin,
    rawCode: coin,
    // Nothing can be owed here.
    total: unsignedOf(walletBalance || '0', `the balance of ${coin}`),
    borrowed: ZERO,
  }));
}

const key = v.object({
  result: v.object({
    readOnly: v.string(),
    permissions: v.record(v.string(), v.array(v.string())),
    ips: v.array(v.string()),
    userID: v.optional(v.string()),
    isMaster: v.optional(v.boolean(), true),
    parentUid: v.optional(v.string(), '0'),
    deadlineDay: v.optional(v.string()),
    expiredAt: v.optional(v.string()),
  }),
});

const TRADING = ['Spot', 'ContractTrade', 'Derivatives', 'Options', 'CopyTrading', 'BlockTrade'];

/** The groups of permissions of which one is enough for a right. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  [UNIFIED_TRADING]: ['Spot', 'ContractTrade', 'Derivatives', 'Options'],
  [ASSETS]: ['Wallet'],
  [CONVERT_HISTORY]: ['Exchange'],
};

/** A key bound to addresses has `deadlineDay` -2 and an `expiredAt` of 1970: it does not expire. */
export function rightsOf(answer: unknown): KeyFacts {
  const { readOnly, permissions, ips, expiredAt, ...key } = keyIn(answer);
  const has = (group: string) => (permissions[group] ?? []).length > 0;
  const writes = readOnly !== '1';
  const expiry = Date.parse(expiredAt ?? '');
  return {
    readOnly: !writes,
    canTrade: writes && TRADING.some(has),
    canWithdraw: writes && (permissions['Wallet'] ?? []).includes('Withdraw'),
    ipBound: !ips.includes('*'),
    expiresAt: expiry > 0 ? expiry : undefined,
    accountId: idOf(answer),
    isSubAccount: !key.isMaster || !NO_PARENT.has(key.parentUid),
    held: new Set(Object.keys(GROUPS).filter((right) => GROUPS[right]?.some(has))),
  };
}

const keyIn = (answer: unknown) => shaped(key, answer, 'API key').result;

const NO_PARENT = new Set(['', '0']);

/** The user id of the account that the key belongs to. */
export function idOf(answer: unknown): string | undefined {
  const { userID } = keyIn(answer);
  return userID === undefined || NO_PARENT.has(userID) ? undefined : userID;
}
