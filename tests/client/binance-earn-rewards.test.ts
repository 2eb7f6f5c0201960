import { describe, expect, test } from '@jest/globals';
import { type ClientStage, eventsOf, idsOf, legTexts, readPages } from '../support/client.js';
import { onClient } from '../support/on-client.js';

const DAY_MS = 86_400_000;
const PATH = '/sapi/v1/simple-earn/flexible/history/rewardsRecord';

let stage: ClientStage;
let now: number;

onClient((opened) => {
  stage = opened;
  now = stage.simulator.world.now();
});

describe('rewards of flexible positions', () => {
  test('are asked for only where there is something to explain, before the markets', async () => {
    expect(stage.client.streams).not.toContain('income:realtime');
    const search = (unexplained: string[]) => stage.client.searchStreams({ cursors: [], unexplained });
    await stage.client.readWallets();
    expect(await search([])).not.toContain('income:realtime');
    expect((await search(['BTC']))[0]).toBe('income:realtime');
  });

  test('are not asked for where the positions themselves cannot be read', async () => {
    const path = '/sapi/v1/simple-earn/flexible/position';
    const body = JSON.stringify({ code: -1002, msg: 'You are not authorized to execute this request.' });
    stage.simulator.faults.add({ kind: 'status', status: 400, body, path });
    await stage.client.readWallets();
    expect(await stage.client.searchStreams({ cursors: [], unexplained: ['BTC'] })).not.toContain(
      'income:realtime',
    );
  });

  test('are interest, with an identity made of the product and the moment', async () => {
    stage.account.accrue('BTC', '0.00000227', { time: now - 5_000 });
    const pages = await readPages(stage, 'income:realtime', now - DAY_MS);
    const events = eventsOf(pages);
    expect(events).toMatchObject([
      {
        id: `realtime:BTC001:BTC:${now - 5_000}`,
        source: 'income:realtime',
        type: 'income',
        reason: 'interest',
        time: now - 5_000,
      },
    ]);
    expect(legTexts(events[0])).toEqual(['income 0.00000227 BTC']);
  });

  test('come page by page and window by window, each once', async () => {
    for (let index = 0; index < 450; index += 1) {
      stage.account.accrue('BTC', '0.00000001', { time: now - 200 * DAY_MS + index * 600_000 });
    }
    const pages = await readPages(stage, 'income:realtime', now - 201 * DAY_MS);
    const ids = idsOf(pages);
    expect([ids.length, new Set(ids).size]).toEqual([450, 450]);
    // Five pages of the first window of 30 days, the next six are empty.
    expect(stage.asked(PATH)).toBe(11);
    expect(pages.at(-1)?.cursor.completeUntil).toBeGreaterThanOrEqual(now);
  });

  test('leave out the bonus, which is a distribution and told among those', async () => {
    stage.account.receive('BTC', '0.00000043', { time: now - 5_000, note: 'Bonus Tiered APR Rewards' });
    expect(idsOf(await readPages(stage, 'income:realtime', now - DAY_MS))).toEqual([]);
    expect(idsOf(await readPages(stage, 'income', now - DAY_MS))).toHaveLength(1);
  });
});
