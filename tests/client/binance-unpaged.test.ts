import { describe, expect, test } from '@jest/globals';
import { parseDecimal, ZERO } from '../../src/models/decimal.js';
import { type ClientStage, eventsOf, idsOf, lastCursor, legTexts, readPages } from '../support/client.js';
import { onClient } from '../support/on-client.js';

const DAY_MS = 86_400_000;
const PATHS = {
  deposits: '/sapi/v1/capital/deposit/hisrec',
  withdrawals: '/sapi/v1/capital/withdraw/history',
  converts: '/sapi/v1/convert/tradeFlow',
  dust: '/sapi/v1/asset/dribblet',
  income: '/sapi/v1/asset/assetDividend',
} as const;

let stage: ClientStage;
let now: number;

onClient(
  (opened) => {
    stage = opened;
    now = stage.simulator.world.now();
  },
  { hurried: true },
);

describe('what has no pages', () => {
  test('conversions: a window with more than a thousand is halved until all are told', async () => {
    for (let index = 0; index < 2_500; index += 1) {
      const order = { from: 'USDT', amount: '20', to: 'BNB', toAmount: '0.03' };
      stage.account.convert({
        ...order,
        time: now - 5 * DAY_MS + index * 7_919,
        ...(index % 50 ? {} : { status: 'FAIL' }),
      });
    }
    const pages = await readPages(stage, 'converts', now - 20 * DAY_MS);
    expect(new Set(idsOf(pages)).size).toBe(2_450);
    expect(lastCursor(pages).completeUntil).toBeGreaterThanOrEqual(now);
    for (const [index, { cursor }] of pages.entries()) {
      if (index % 3) continue;
      const rest = await readPages(stage, 'converts', {
        ...cursor,
        completeUntil: cursor.completeUntil + 3 * DAY_MS,
      });
      expect(new Set([...idsOf(pages.slice(0, index + 1)), ...idsOf(rest)]).size).toBe(2_450);
    }
  });

  test('a conversion sells what was given for what was received', async () => {
    stage.account.convert({ from: 'USDT', amount: '20', to: 'BNB', toAmount: '0.032', time: now - 1_000 });
    const [page] = await readPages(stage, 'converts', now - DAY_MS);
    const [trade] = page?.events ?? [];
    expect(trade).toMatchObject({
      type: 'conversion',
      reason: 'convert',
      market: 'USDT/BNB',
      time: now - 1_000,
    });
    expect(trade?.id).toMatch(/^94070840746200\d{4}$/);
    expect(trade?.price?.toString()).toBe('0.0016');
    expect(legTexts(trade)).toEqual(['base -20 USDT', 'quote 0.032 BNB']);
  });

  test('dividends: full answers are halved, many at one moment too, and what is taken back is negative', async () => {
    for (let index = 0; index < 1_300; index += 1)
      stage.account.receive('SOL', '0.01', { time: now - 9 * DAY_MS + Math.floor(index / 400) });
    stage.account.receive('SOL', '-0.5', { time: now - DAY_MS, note: 'Airdrop taken back' });
    const pages = await readPages(stage, 'income', now - 10 * DAY_MS);
    const incomes = new Map(eventsOf(pages).map((income) => [income.id, income]));
    expect(incomes.size).toBe(1_301);
    expect([...incomes.values()].at(-1)).toMatchObject({ reason: 'airdrop', time: now - DAY_MS });
    expect(legTexts([...incomes.values()].at(-1))).toEqual(['income -0.5 SOL']);
  });

  test('more at one moment than the exchange can tell is refused, and never half of it taken', async () => {
    for (let index = 0; index < 501; index += 1) stage.account.receive('SOL', '0.01', { time: now - DAY_MS });
    await expect(readPages(stage, 'income', now - 2 * DAY_MS)).rejects.toMatchObject({ kind: 'guard' });
  });

  test('dust: one stroke is a trade for each coin, before the charge; a hundred strokes halve the window', async () => {
    for (let index = 0; index < 150; index += 1) {
      const time = now - 3 * DAY_MS + index * 60_000;
      stage.account.deposit('XRP', '1', { time });
      stage.account.deposit('SOL', '0.01', { time });
      stage.account.sweepDust(['XRP', 'SOL'], { time });
    }
    const pages = await readPages(stage, 'dust', now - 4 * DAY_MS);
    expect(new Set(idsOf(pages)).size).toBe(300);
    const [trade] = eventsOf(pages);
    expect(trade).toMatchObject({
      reason: 'dust',
      market: expect.stringMatching(/^(XRP|SOL)\/BNB$/) as unknown,
    });
    const [, quote, fee] = trade?.legs ?? [];
    const charge = quote?.amount.times(parseDecimal('0.02'));
    expect(charge?.plus(fee?.amount ?? ZERO).lt('0.00000001')).toBe(true);
  });

  test.each(['converts', 'dust', 'income', 'deposits', 'withdrawals'] as const)(
    '%s that answer {} are no empty history',
    async (stream) => {
      stage.simulator.faults.add({ kind: 'body', body: '{}', path: PATHS[stream], times: 99 });
      await expect(readPages(stage, stream, now - DAY_MS)).rejects.toMatchObject({
        kind: 'guard',
      });
    },
  );
});
