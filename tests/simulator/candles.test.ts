import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { askBybit } from '../support/ask-bybit.js';
import { type Simulator, startSimulator } from './simulator.js';
import { StillWorld } from './still-world.js';

/** In the middle of a minute. */
const NOW = 1_764_000_030_000;
const MINUTE_MS = 60_000;

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ world: new StillWorld(NOW) });
});
afterAll(async () => {
  await simulator.stop();
});

async function candles(more: string): Promise<number[]> {
  const query = `category=spot&symbol=BTCUSDT&interval=1${more}`;
  const { body } = await askBybit(simulator, '/v5/market/kline', query, undefined);
  return (body.result['list'] as string[][]).map(([start]) => Number(start));
}

describe('candles, asked without a key', () => {
  test('the one that contains the start is the last, the open one the first', async () => {
    const minute = NOW - (NOW % MINUTE_MS);
    expect(await candles(`&start=${NOW - 2 * MINUTE_MS}`)).toEqual([
      minute,
      minute - MINUTE_MS,
      minute - 2 * MINUTE_MS,
    ]);
  });

  test.each([
    ['', 200],
    ['&limit=5', 5],
    ['&limit=5000', 1000],
  ])('with "%s" there are %i of them, the newest', async (more, count) => {
    const found = await candles(`&start=${NOW - 5000 * MINUTE_MS}${more}`);
    expect(found).toHaveLength(count);
    expect(found[0]).toBe(NOW - (NOW % MINUTE_MS));
  });
});
