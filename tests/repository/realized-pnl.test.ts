import { expect, test } from '@jest/globals';
import { toText } from '../../src/models/decimal.js';
import type { DayResult } from '../../src/models/pool.js';
import { figureOf, RESULT_FIGURES } from '../../src/render/result-figures.js';
import { fetchResults } from '../../src/repository/daily-results.js';
import { describeOnBoth } from '../support/databases.js';
import { pool, synced, type Texts } from './pools.js';
import { rowsOf } from './view-rows.js';

const NOW = Date.UTC(2026, 0, 9, 12);
const DAY = '2026-01-09';

describeOnBoth('realized_pnl', (database) => {
  test('says of a day and an asset what show --period says, and null in place of a 0 that nobody knows', async () => {
    const account = 'bybit/realized';
    const day = (asset: string, texts: Texts): DayResult => ({
      day: NOW / 86_400_000 - 0.5,
      asset,
      tally: pool(asset, texts).total,
    });
    const days = [
      day('BTC', {
        trade: '10.5',
        fee: '-1',
        transferFee: '-2',
        income: '3',
        feesPaid: '4',
        estimatedSold: '1',
      }),
      day('GIFT', { unvaluedMoved: '8', feesPaid: '1' }),
      day('SOL', { unmatchedProceeds: '5', missing: '0.5' }),
    ];
    await synced(database(), account, NOW, { books: { days } });
    const rows = await rowsOf(database(), 'realized_pnl', account);
    const results = await database().run((sql) => fetchResults(sql, account, { from: DAY, to: DAY }));
    const names: Readonly<Record<string, string>> = {
      feesInKind: 'fees_in_kind',
      transferFees: 'transfer_fees',
      feesPaid: 'fees_paid',
      unmatchedProceeds: 'unmatched_proceeds',
    };
    for (const result of results) {
      const row = rows.find(({ asset }) => asset === result.asset) ?? {};
      for (const figure of RESULT_FIGURES.filter(
        ({ name }) => !['deposits', 'withdrawals', 'netFlows'].includes(name),
      )) {
        const known = figureOf(figure, result);
        expect([figure.name, row[names[figure.name] ?? figure.name]]).toEqual([
          figure.name,
          known ? toText(known) : null,
        ]);
      }
      expect([row['unvalued_quantity'], row['missing_quantity'], row['realized_is_estimate']]).toEqual([
        toText(result.unvalued),
        toText(result.missing),
        result.estimated,
      ]);
    }
    expect(rows.map(({ asset, realized }) => [asset, realized]).sort()).toEqual([
      ['BTC', '10.5'],
      ['GIFT', null],
      ['SOL', '0'],
    ]);
  });
});
