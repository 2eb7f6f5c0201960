import { expect, test } from '@jest/globals';
import { fetchNetFlows, type FlowSpan } from '../../src/repository/net-flows.js';
import { describeOnBoth } from '../support/databases.js';
import { type Found, held, pool, synced, type Texts } from './pools.js';

const NOW = Date.UTC(2026, 0, 9, 12);
const HOUR_MS = 3_600_000;

const counted = (pools: Readonly<Record<string, Texts>>, settings = 'same'): Found => ({
  holdings: [held('BTC', '1', '10'), held('GIFT', '1')],
  ledger: { settings, pools: Object.entries(pools).map(([asset, texts]) => pool(asset, texts)) },
});

describeOnBoth('the net flows between two snapshots', (database) => {
  const flowsOf = async (account: string, first: Found, second: Found) => {
    const from = await synced(database(), account, NOW - 30 * HOUR_MS, first);
    const to = await synced(database(), account, NOW, second);
    const rows = await database().run((sql) => fetchNetFlows(sql, [{ account, from, to }]));
    return rows.map((amount) => amount?.toString());
  };
  const before = counted({ BTC: { deposits: '100', withdrawals: '5' } });

  test.each<[string, Found, string | undefined]>([
    ['are nothing where nothing moved', before, '0'],
    [
      'are what came less what went, of assets old and new',
      counted({ BTC: { deposits: '150.5', withdrawals: '10' }, USDT: { withdrawals: '7' } }),
      '38.5',
    ],
    [
      'exclude assets without a price, which are not in the value either',
      counted({ BTC: { deposits: '100', withdrawals: '5' }, GIFT: { unvaluedMoved: '3', deposits: '1' } }),
      '0',
    ],
    [
      'are not known where coins moved at a time without a known price',
      counted({ BTC: { deposits: '100', withdrawals: '5', unvaluedMoved: '1' } }),
      undefined,
    ],
    [
      'are not known across a change of settings',
      counted({ BTC: { deposits: '100', withdrawals: '5' } }, 'other'),
      undefined,
    ],
  ])('%s', async (title, after, expected) => {
    const account = `bybit/${title.replaceAll(/\W/g, '').slice(-20)}`;
    expect(await flowsOf(account, before, after)).toEqual([expected]);
  });

  test('come in the order in which they were asked for, of several accounts in one statement', async () => {
    const spans: FlowSpan[] = [];
    for (const [account, deposits] of [
      ['bybit/y', '3'],
      ['bybit/x', '4'],
    ] as const) {
      const from = await synced(database(), account, NOW - 9, counted({}));
      const to = await synced(database(), account, NOW, counted({ BTC: { deposits } }));
      spans.push({ account, from, to }, { account, from: to, to });
    }
    const rows = await database().run((sql) => fetchNetFlows(sql, spans));
    expect(rows.map((amount) => amount?.toString())).toEqual(['3', '0', '4', '0']);
  });
});
