import { describe, expect, test } from '@jest/globals';
import type { Sql } from 'postgres';
import { onServer } from '../support/on-server.js';
import { SINCE, type Stage } from '../support/stage.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const CANDLES = '/v5/market/kline';

let stage: Stage;
let sql: Sql;

onServer('each', (opened) => {
  ({ stage, sql } = opened);
});

/** Trades whose fee needs a price of its minute, over an hour that began so long ago. */
function tradeForAnHour(ago: number, count: number): void {
  const begin = stage.simulator.world.now() - ago;
  for (let index = 0; index < count; index += 1) {
    const time = begin + Math.floor((index * HOUR_MS) / count);
    stage.account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.001', feeAsset: 'MNT', time });
  }
}

async function candlesAskedBySync(...args: string[]): Promise<number> {
  const asked = () => stage.simulator.requests.filter(({ path }) => path === CANDLES).length;
  const before = asked();
  expect((await stage.run(['sync', ...args])).code).toBe(0);
  return asked() - before;
}

describe('prices of past minutes', () => {
  test('of one hour cost one request, however many trades need them, and none again', async () => {
    tradeForAnHour(3 * HOUR_MS, 200);
    expect(await candlesAskedBySync(...SINCE)).toBe(1);
    expect(await candlesAskedBySync()).toBe(0);
    tradeForAnHour(2 * HOUR_MS, 3);
    expect(await candlesAskedBySync()).toBe(1);
  });

  test('of two hours that no answer holds together cost two requests', async () => {
    tradeForAnHour(22 * HOUR_MS, 100);
    tradeForAnHour(2 * HOUR_MS, 100);
    expect(await candlesAskedBySync(...SINCE)).toBe(2);
  });

  test('are asked for once by a dry run that adds opening entries, which replays the history twice', async () => {
    stage.account.deposit('BTC', '1', { time: stage.simulator.world.now() - 40 * 24 * HOUR_MS });
    tradeForAnHour(3 * HOUR_MS, 50);
    expect(await candlesAskedBySync('--dry-run', ...SINCE)).toBe(1);
    expect(await candlesAskedBySync(...SINCE)).toBe(1);
    expect(await sql`select asset from exchange_sync.entries where kind = 'opening'`).toContainEqual({
      asset: 'BTC',
    });
  });
});
