import * as v from 'valibot';
import { ZERO } from '../../models/decimal.js';
import type { WalletBalance } from '../../models/holdings.js';
import { amountOf, shaped, unsignedOf } from '../answer.js';
import type { KeyRights } from '../exchange-client.js';

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
    deadlineDay: v.optional(v.string()),
    expiredAt: v.optional(v.string()),
  }),
});

const TRADING = ['Spot', 'ContractTrade', 'Derivatives', 'Options', 'CopyTrading', 'BlockTrade'];

/** A key bound to addresses has `deadlineDay` -2 and an `expiredAt` of 1970: it does not expire. */
export function rightsOf(answer: unknown): KeyRights {
  const { readOnly, permissions, ips, expiredAt } = shaped(key, answer, 'API key').result;
  const writes = readOnly !== '1';
  const expiry = Date.parse(expiredAt ?? '');
  return {
    readOnly: !writes,
    canTrade: writes && TRADING.some((name) => (permissions[name] ?? []).length > 0),
    canWithdraw: writes && (permissions['Wallet'] ?? []).includes('Withdraw'),
    ipBound: !ips.includes('*'),
    expiresAt: expiry > 0 ? expiry : undefined,
  };
}
