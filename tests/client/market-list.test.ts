import { describe, expect, test } from '@jest/globals';
import { type ClientStage, idsOf, openBinance, openClient, readPages } from '../support/client.js';
import { parseDecimal } from '../simulator/decimal.js';
import { onClient } from '../support/on-client.js';

const HOUR_MS = 3_600_000;

let stage: ClientStage;

/** The client of the next run. */
async function nextRun(afterMs = 0): Promise<ClientStage> {
  stage.simulator.world.advance(afterMs);
  return { ...stage, client: await stage.reopen() };
}

describe.each([
  ['bybit', openClient, '/v5/market/instruments-info'],
  ['binance', openBinance, '/api/v3/exchangeInfo'],
] as const)('the list of markets of %s', (_exchange, open, path) => {
  onClient(
    (opened) => {
      stage = opened;
    },
    { open },
  );

  const asked = () => stage.asked(path);
  const isPriced = async ({ client }: ClientStage, asset: string) =>
    (await client.readPrices([asset], 'USD')).get(asset)?.known;

  test('is read anew for a ticker that it does not hold, once a run', async () => {
    await isPriced(stage, 'BTC');
    stage.simulator.world.addMarket('NEW', 'USDT', '2');
    expect(await isPriced(stage, 'NEW')).toBe(false);
    const later = await nextRun();
    expect(await isPriced(later, 'NEW')).toBe(true);
    expect(asked()).toBe(2);
  });

  test('is read anew for a held coin that it does not hold, for one without a market ever more seldom', async () => {
    await isPriced(stage, 'BTC');
    stage.account.wallets.UNIFIED.set('NOMARKET', parseDecimal('1'));
    const requests: number[] = [];
    for (const waitMs of [0, 0.5, 0.6, 1, 1.1, 2, 2.1].map((hours) => hours * HOUR_MS)) {
      const before = asked();
      await (await nextRun(waitMs)).client.readWallets();
      requests.push(asked() - before);
    }
    expect(requests).toEqual([1, 0, 1, 0, 1, 0, 1]);
  });

  test('serves as before where the exchange does not give a new one', async () => {
    await isPriced(stage, 'BTC');
    stage.simulator.world.addMarket('NEW', 'USDT', '2');
    stage.simulator.faults.add({ kind: 'status', status: 404, path, times: 9 });
    expect(await isPriced(await nextRun(), 'BTC')).toBe(true);
  });
});

describe('a trade on a market listed since the list was read', () => {
  onClient(
    (opened) => {
      stage = opened;
    },
    { open: openClient },
  );

  test.each(['USDT', 'AED', 'STETH'])('is of the right coins when it is quoted in %s', async (quote) => {
    await readPages(stage, 'trades', stage.simulator.world.now() - HOUR_MS);
    const { id } = stage.simulator.world.addMarket('NEW', quote, '2');
    stage.account.trade({ symbol: id, side: 'Buy', amount: '3' });
    const later = await nextRun();
    const pages = await readPages(later, 'trades', stage.simulator.world.now() - HOUR_MS);
    expect(idsOf(pages)).toHaveLength(1);
    expect(pages.flatMap(({ events }) => events)).toMatchObject([{ market: `NEW/${quote}` }]);
    expect(stage.asked('/v5/market/instruments-info')).toBe(2);
  });
});
