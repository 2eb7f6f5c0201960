import { describe, expect, test } from '@jest/globals';
import type { Entry } from '../../src/models/account-event.js';
import { ONE, parseDecimal, ZERO } from '../../src/models/decimal.js';
import type { AccountPortfolio } from '../../src/models/portfolio.js';
import type { StoredReport } from '../../src/models/sync-report.js';
import { holdingFigures, portfolioTotals } from '../../src/accounting/holding-figures.js';
import { portfolioNotes } from '../../src/render/documents/portfolio-notes.js';
import { syncWarnings } from '../../src/render/sync-warnings.js';

const NOW = Date.UTC(2026, 0, 2);

const notesOf = (...route: string[]) => {
  const portfolio: AccountPortfolio = {
    account: 'bybit',
    lastSuccess: NOW,
    lastFailure: undefined,
    wallets: [],
    holdings: [
      {
        asset: 'USDC',
        quantity: parseDecimal('100'),
        price: { known: true, price: ONE, route, pricedAt: NOW },
        cost: { knownQuantity: ZERO, cost: ZERO, averageEntry: undefined },
      },
    ],
    lastPrices: new Map(),
    realized: undefined,
    estimated: new Map(),
    missingAcquisitions: [],
    differences: [],
    totals: undefined,
    gaps: [],
    hasKey: undefined,
  };
  const rows = holdingFigures(portfolio, 'USD');
  const settings = { now: NOW, currency: 'USD', staleAfterMs: 1, privacy: false };
  return portfolioNotes({ portfolio, rows, totals: portfolioTotals(rows) }, settings).join('\n');
};

const REPORT: StoredReport = {
  account: 'bybit',
  outcome: 'synced',
  assets: 1,
  newTrades: 0,
  newTransfers: 0,
  unpriced: [],
  offPeg: [],
  unknownCost: [],
  differences: [],
  coinChanges: [],
  totals: undefined,
  entries: [],
  missing: [],
  unvalued: [],
  ambiguous: [],
  unreadableWallets: [],
  coverage: [],
  unread: { found: 0, example: undefined },
  tradingKey: false,
  unsettled: undefined,
  retries: 0,
  requests: 6,
  milliseconds: 1,
  dryRun: false,
};

describe('a peg that does not hold', () => {
  test('is a note of show, beside the one that says what is counted by it', () => {
    expect(notesOf('peg')).toBe('USDC counted as 1 USD, without P&L.');
    expect(notesOf('peg', 'USDC/USDT 0.9412')).toBe(
      'USDC counted as 1 USD, without P&L.\n' +
        'USDC has lost its peg (0.9412); it is still counted as 1 USD.',
    );
  });

  test('is a warning of sync', () => {
    expect(syncWarnings(REPORT)).toEqual([]);
    expect(syncWarnings({ ...REPORT, offPeg: ['USDC/USDT 0.9412'] })).toEqual([
      'USDC has lost its peg (0.9412); it is still counted as 1 USD.',
    ]);
  });
});

describe('what no record explains', () => {
  const difference = { asset: 'BTC', amount: parseDecimal('-0.1'), since: NOW };
  const entryOf = (type: Entry['type']): Entry => ({
    id: `${type}:ETH`,
    source: 'entries',
    time: NOW,
    type,
    status: 'done',
    legs: [{ asset: 'ETH', amount: parseDecimal('2'), role: 'moved', wallet: undefined }],
    raw: { balance: parseDecimal('2'), balanceAt: NOW },
  });

  test('is named by sync, beside the entries that it stored', () => {
    const entries = (['opening', 'adjustment'] as const).map(entryOf);
    expect(syncWarnings({ ...REPORT, differences: [difference], entries })).toEqual([
      'Unexplained balance differences: BTC -0.1. Run `exchange-sync check` for details.',
      'Opening entries of unknown cost, held before the readable history: ETH +2.',
      'Accepted as adjustments: ETH +2.',
    ]);
  });
});

describe('transfers that could not be settled', () => {
  test('are a warning of sync', () => {
    expect(syncWarnings({ ...REPORT, unsettled: 'bybit is being synced' })).toEqual([
      'Data saved, but transfers between your accounts are not yet reflected in cost (bybit is being synced); the next run tries again.',
    ]);
  });
});
