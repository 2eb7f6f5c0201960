import * as v from 'valibot';
import { type Decimal, largest, parseDecimal } from '../../models/decimal.js';
import type { Overview, UnreadProduct } from '../../models/unread.js';
import { amountOf, shaped } from '../answer.js';
import { overviewFrom } from '../overview.js';

const overview = v.object({
  result: v.object({
    totalEquity: v.optional(v.string()),
    list: v.array(
      v.object({
        accountType: v.string(),
        totalEquity: v.string(),
        valuationCurrency: v.optional(v.string()),
      }),
    ),
  }),
});

/** The account types of the wallets UNIFIED and FUND. */
const WALLETS = new Set(['UnifiedTradingAccount', 'FundingAccount']);

/** Bots, copy trading, loans and launchpool are reported nowhere else. */
export function overviewOf(answer: unknown): Overview {
  const { list, totalEquity } = shaped(overview, answer, 'the asset overview').result;
  const rows = list.map(({ accountType, totalEquity: value, valuationCurrency }) => ({
    product: accountType,
    value,
    currency: valuationCurrency || 'USD',
  }));
  const found = overviewFrom(rows, WALLETS);
  if (!totalEquity) return found;
  return { ...found, total: { ...found.total, value: amountOf(totalEquity, 'the total equity') } };
}

const wallet = v.object({
  result: v.object({
    list: v.array(
      v.object({
        coin: v.array(
          v.object({
            coin: v.string(),
            walletBalance: v.string(),
            equity: v.optional(v.string()),
            spotBorrow: v.optional(v.string()),
            unrealisedPnl: v.optional(v.string()),
          }),
        ),
      }),
    ),
  }),
});

/** Bybit rounds each figure by itself. */
const ROUNDING = parseDecimal('0.000001');
const SMALLEST = parseDecimal('1e-8');

/**
 * By coin: equity = walletBalance - spotBorrow + unrealized P&L + option value, of which only the first two are
 * read as balances.
 */
export function unifiedProducts(answer: unknown): readonly UnreadProduct[] {
  const rows = shaped(wallet, answer, 'wallet UNIFIED').result.list.flatMap(({ coin }) => coin);
  return rows.flatMap((row) => {
    const of = (text: string | undefined) => amountOf(text || '0', `an amount of ${row.coin}`);
    const pnl = of(row.unrealisedPnl);
    const found = [{ product: 'derivatives (unrealized P&L)', value: pnl, currency: row.coin }];
    if (row.equity && row.spotBorrow !== undefined) {
      const value = of(row.equity).minus(of(row.walletBalance)).plus(of(row.spotBorrow)).minus(pnl);
      if (!isRounding(value, of(row.equity))) found.push({ product: 'options', value, currency: row.coin });
    }
    return found.filter(({ value }) => !value.isZero());
  });
}

const isRounding = (value: Decimal, equity: Decimal): boolean =>
  value.abs().lte(largest(SMALLEST, equity.abs().times(ROUNDING)));
