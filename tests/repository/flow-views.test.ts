import { expect, test } from '@jest/globals';
import { parseDecimal, toText } from '../../src/models/decimal.js';
import type { AccountEvent } from '../../src/models/account-event.js';
import type { DayResult } from '../../src/models/pool.js';
import { knownFigure } from '../../src/accounting/total-result.js';
import { RESULT_FIGURES } from '../../src/render/documents/result-figures.js';
import { saveAccount } from '../../src/repository/account-commit.js';
import { fetchResults } from '../../src/repository/daily-results.js';
import { saveEventPrices } from '../../src/repository/event-prices.js';
import { transfer } from '../accounting/histories.js';
import { describeOnBoth } from '../support/databases.js';
import { commitOf, leased, NO_LEDGER } from './leased.js';
import { pool, synced, type Texts } from './pools.js';
import { rowsOf } from './view-rows.js';

const NOW = Date.UTC(2026, 0, 9, 12, 0, 0, 123);
const DAY = '2026-01-09';

/** What a transfer matched with another account says, as the ledger store it. */
const matched = (id: string, direction: 'deposit' | 'withdrawal', resolution: object) => ({
  id,
  direction,
  resolution: JSON.stringify(resolution),
});

const FLOW = ['direction', 'asset', 'quantity', 'value', 'net_value'] as const;

/** Without the zeros that a product brings along. */
const amountText = (text: string | null): string | null =>
  text !== null && /^-?\d/.test(text) ? toText(parseDecimal(text)) : text;

describeOnBoth('the views of what happened', (database) => {
  interface Given {
    readonly transfers: readonly AccountEvent[];
    readonly prices?: readonly (readonly [asset: string, time: number, price: string])[];
    readonly resolutions?: readonly ReturnType<typeof matched>[];
  }

  async function flowsOf({ transfers, prices = [], resolutions = [] }: Given) {
    const { account, runId } = await leased(database());
    return await database().run(async (sql) => {
      await saveEventPrices(
        sql,
        account,
        prices.map(([asset, time, price]) => ({ asset, time, price: parseDecimal(price), source: 'X' })),
      );
      await saveAccount(
        sql,
        commitOf(account, runId, NOW, { events: transfers, ledger: { ...NO_LEDGER, resolutions } }),
      );
      const rows = await sql`
        select time, direction, asset, quantity, value, net_value, fee_asset, fee_quantity, own_account, status
          from exchange_sync.cash_flows where account = ${account} order by time, transfer_id`;
      return rows.map((row) => ({
        flow: FLOW.map((name) => amountText(row[name] as string | null)),
        time: (row['time'] as Date).getTime(),
        fee: [row['fee_asset'], row['fee_quantity']] as unknown[],
        own: row['own_account'] as boolean,
        status: row['status'] as string,
      }));
    });
  }

  const flows = async (given: Given) => (await flowsOf(given)).map(({ flow }) => flow);

  test('cash_flows value coins at the price of their time, dollars as themselves, and else say that it is not known', async () => {
    expect(
      await flows({
        transfers: [
          transfer('deposit', 'BTC', '0.5', { time: NOW }),
          transfer('withdrawal', 'USDC', '20', { time: NOW + 1 }),
          transfer('deposit', 'EUR', '10', { time: NOW + 2 }),
          transfer('deposit', 'GIFT', '10', { time: NOW + 3 }),
        ],
        prices: [
          ['BTC', NOW, '60000.12345678901234567890'],
          ['EUR', NOW + 2, '1.1'],
          ['GIFT', NOW + 4, '7'],
        ],
      }),
    ).toEqual([
      ['deposit', 'BTC', '0.5', '30000.06172839', '30000.06172839'],
      ['withdrawal', 'USDC', '20', '20', '-20'],
      ['deposit', 'EUR', '10', '11', '11'],
      ['deposit', 'GIFT', '10', null, null],
    ]);
  });

  test('cash_flows have what the ledger count: deposits that arrived, withdrawals that were not refused', async () => {
    const each = (['done', 'pending', 'failed'] as const).flatMap((status, at) => [
      transfer('deposit', 'USDT', String(at + 1), { status, time: NOW + at }),
      transfer('withdrawal', 'USDT', String(at + 10), { status, time: NOW + at }),
    ]);
    expect((await flowsOf({ transfers: each })).map(({ flow, status }) => [flow[2], status])).toEqual([
      ['1', 'ok'],
      ['10', 'ok'],
      ['11', 'pending'],
    ]);
  });

  test('cash_flows leave the fee out of the quantity: of a deposit it is taken, to a withdrawal it comes', async () => {
    const fee = ['USDT', '0.3'] as const;
    const transfers = [
      transfer('deposit', 'USDT', '10', { fee, time: NOW }),
      transfer('withdrawal', 'USDT', '10', { fee, time: NOW + 1 }),
      transfer('deposit', 'USDC', '10', { fee, time: NOW + 2 }),
    ];
    const rows = await flowsOf({ transfers });
    expect(rows.map(({ flow }) => flow[3])).toEqual(['9.7', '10', '10']);
    expect(rows.map((row) => row.fee)).toEqual([1, 2, 3].map(() => ['USDT', '0.3']));
  });

  test('cash_flows say what came from and went to another account of yours, with the value and the time that both agree on', async () => {
    const sent = { kind: 'sent', received: '1.4', time: NOW - 5 };
    const carried = { kind: 'carried', carried: { time: NOW, value: '3000.5', parcels: [] } };
    const unknown = { kind: 'carried', carried: { time: NOW, parcels: [] } };
    const rows = await flowsOf({
      transfers: [
        transfer('withdrawal', 'ETH', '1.5', { id: 'w', time: NOW }),
        transfer('deposit', 'ETH', '1', { id: 'd', time: NOW + 1 }),
        transfer('deposit', 'ETH', '2', { id: 'u', time: NOW + 2 }),
        transfer('deposit', 'ETH', '2', { id: 'z', time: NOW + 3 }),
      ],
      prices: [
        ['ETH', NOW - 6, '2000'],
        ['ETH', NOW + 2, '2000'],
        ['ETH', NOW + 3, '2000'],
      ],
      resolutions: [
        matched('w', 'withdrawal', sent),
        matched('d', 'deposit', carried),
        matched('u', 'deposit', unknown),
      ],
    });
    expect(rows.map(({ flow, time, own }) => [...flow, time - NOW, own])).toEqual([
      ['withdrawal', 'ETH', '1.4', '2800', '-2800', -6, true],
      ['deposit', 'ETH', '1', '3000.5', '3000.5', 1, true],
      ['deposit', 'ETH', '2', null, null, 2, true],
      ['deposit', 'ETH', '2', '4000', '4000', 3, false],
    ]);
  });

  test('realized_pnl says of a day and an asset what show --period says, and null in place of a 0 that nobody knows', async () => {
    const account = 'bybit/realized';
    const day = (asset: string, texts: Texts): DayResult => ({
      day: Date.parse(DAY) / 86_400_000,
      asset,
      totals: pool(asset, texts).total,
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
    await synced(database(), account, NOW, { ledger: { days } });
    const rows = await rowsOf(database(), 'realized_pnl', account);
    const results = await database().run((sql) => fetchResults(sql, account, { from: DAY, to: DAY }));
    for (const result of results) {
      const row = rows.find(({ asset }) => asset === result.asset) ?? {};
      for (const figure of RESULT_FIGURES.filter(
        ({ name }) => !['deposits', 'withdrawals', 'netFlows'].includes(name),
      )) {
        const known = knownFigure(figure.of, result);
        expect([figure.name, row[figure.key]]).toEqual([figure.name, known ? toText(known) : null]);
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
