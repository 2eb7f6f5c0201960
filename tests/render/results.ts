import { totalResult } from '../../src/accounting/total-result.js';
import { parseDecimal, ZERO } from '../../src/models/decimal.js';
import type { AccountResults, AssetResult, Results, Summed, Sums } from '../../src/models/results.js';
import { SUMMED } from '../../src/models/results.js';

export const NOW = Date.UTC(2026, 0, 9, 12);

export function result(
  asset: string,
  texts: Partial<Record<Summed, string>>,
  more: Partial<AssetResult> = {},
): AssetResult {
  const sums = Object.fromEntries(SUMMED.map((kind) => [kind, parseDecimal(texts[kind] ?? '0')])) as Sums;
  return { asset, sums, unvalued: ZERO, estimated: false, missing: ZERO, ...more };
}

export const account = (
  assets: readonly AssetResult[],
  more: Partial<AccountResults> = {},
): AccountResults => ({
  account: 'bybit',
  from: '2026-01-03',
  countedUntil: NOW,
  assets,
  total: totalResult(assets),
  ...more,
});

export const results = (accounts: readonly AccountResults[], more: Partial<Results> = {}): Results => ({
  window: { from: '2026-01-03', to: '2026-01-09' },
  now: NOW,
  accounts,
  absent: [],
  total: totalResult(accounts.flatMap(({ assets }) => assets)),
  ...more,
});

export const ASSETS = [
  result('BTC', { sales: '1234.567', feesPaid: '12.25', withdrawals: '1300', transferFees: '-6' }),
  result('GIFT', {}, { unvalued: parseDecimal('1000') }),
  result('MNT', { feesInKind: '-1.5', feesPaid: '26.4' }, { unvalued: parseDecimal('0.5') }),
  result(
    'SOL',
    { sales: '-20', income: '3.5', deposits: '450', unmatchedProceeds: '77' },
    { estimated: true },
  ),
  result('USDT', { deposits: '2500' }),
];
