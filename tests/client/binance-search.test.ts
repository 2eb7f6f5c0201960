import { describe, expect, test } from '@jest/globals';
import { searchCoverage } from '../../src/client/coverage.js';
import { SWEEP_BUDGET } from '../../src/client/search.js';
import type { ExchangeClient } from '../../src/client/exchange-client.js';
import type { AccountEvent } from '../../src/models/account-event.js';
import type { Cursor, Stream } from '../../src/models/events.js';
import { type ClientStage, readPages } from '../support/client.js';
import { onClient } from '../support/on-client.js';

const TRADES = '/api/v3/myTrades';
const DAY_MS = 86_400_000;

let stage: ClientStage;
let now: number;

onClient((opened) => {
  stage = opened;
  now = stage.simulator.world.now();
});

const buy = (symbol: string, time: number) =>
  stage.account.trade({ symbol, side: 'Buy', amount: '0.5', price: '100', time });

/** What a service does in one run: reads what is worth a look and keeps every cursor. */
async function search(
  cursors: Map<Stream, Cursor>,
  unexplained: readonly string[] = [],
  client: ExchangeClient = stage.client,
) {
  const trades: AccountEvent[] = [];
  const streams = await client.searchStreams({ cursors: [...cursors.values()], unexplained });
  for (const stream of streams) {
    for await (const page of client.readHistory(
      cursors.get(stream) ?? client.firstCursor(stream, undefined),
    )) {
      trades.push(...page.events);
      cursors.set(stream, page.cursor);
    }
  }
  return { streams, trades };
}

const coverageOf = (cursors: ReadonlyMap<Stream, Cursor>) =>
  searchCoverage({ exchange: 'binance', environment: 'live' }, cacheOf(), [...cursors.values()]);

const cacheOf = () => ({ get: (kind: string) => stage.kept.get(kind) });

const symbolsAsked = () =>
  stage.simulator.requests
    .filter(({ path }) => path === TRADES)
    .map(({ query }) => new URLSearchParams(query).get('symbol'));

describe('the markets that a run looks at', () => {
  test('are those of an unexplained asset against every quote, and never all', async () => {
    stage.simulator.world.addMarkets(200);
    stage.simulator.world.addMarket('SOL', 'BTC', '0.002');
    stage.simulator.world.addMarket('SOL', 'USDC', '148');
    buy('SOLUSDC', now - 300 * DAY_MS);
    const { streams, trades } = await search(new Map(), ['SOL']);
    expect(trades.map(({ market }) => market)).toEqual(['SOL/USDC']);
    expect(streams.slice(0, 3).sort()).toEqual(['trades:SOLBTC', 'trades:SOLUSDC', 'trades:SOLUSDT']);
    expect(streams).toHaveLength(3 + SWEEP_BUDGET);
  });

  test('are those ever traded, in every run', async () => {
    stage.simulator.world.addMarkets(200);
    buy('COIN7USDT', now - 300 * DAY_MS);
    const cursors = new Map<Stream, Cursor>();
    await search(cursors, ['COIN7']);
    for (let run = 0; run < 3; run += 1) expect((await search(cursors)).streams[0]).toBe('trades:COIN7USDT');
  });

  test('are swept within the budget, held assets first, until every market has been looked at, and then anew', async () => {
    const { world } = stage.simulator;
    world.addMarkets(100);
    stage.account.deposit('COIN93', '1');
    await stage.client.readWallets();
    buy('COIN88USDT', now - 300 * DAY_MS);
    const total = world.markets.size;
    const cursors = new Map<Stream, Cursor>();
    const found: (string | undefined)[] = [];
    for (let run = 1; (run - 1) * SWEEP_BUDGET < total; run += 1) {
      const known = found.length;
      const { streams, trades } = await search(cursors);
      if (run === 1) expect(streams[0]).toBe('trades:COIN93USDT');
      expect(streams.length).toBeLessThanOrEqual(known + SWEEP_BUDGET);
      found.push(...trades.map(({ market }) => market));
      expect(coverageOf(cursors)).toEqual({ lookedAt: Math.min(total, run * SWEEP_BUDGET), markets: total });
    }
    expect(found).toEqual(['COIN88/USDT']);
    const oldest = Math.min(...[...cursors.values()].map(({ completeUntil }) => completeUntil));
    const again = (await search(cursors)).streams;
    expect(again.length).toBe(SWEEP_BUDGET + 1);
    expect(Math.min(...[...cursors.values()].map(({ completeUntil }) => completeUntil))).toBeGreaterThan(
      oldest,
    );
  });

  test('are none that are delisted, and these do not count as missing', async () => {
    stage.simulator.world.delist('SOLUSDT');
    const cursors = new Map<Stream, Cursor>();
    await search(cursors, ['SOL']);
    expect(symbolsAsked()).not.toContain('SOLUSDT');
    expect(coverageOf(cursors)).toEqual({
      lookedAt: 10,
      markets: 10,
    });
  });

  test('one whose look was cut short does not count as looked at', async () => {
    for (let index = 0; index < 1_500; index += 1) buy('BTCUSDT', now - 7 * DAY_MS + index);
    const [page] = await readPages(stage, 'trades:BTCUSDT', 0);
    const cursors = page ? [page.cursor] : [];
    expect(searchCoverage({ exchange: 'binance', environment: 'live' }, cacheOf(), cursors)?.lookedAt).toBe(
      0,
    );
    expect(searchCoverage({ exchange: 'bybit', environment: 'live' }, cacheOf(), cursors)).toBeUndefined();
  });
});

test('a market that is delisted is not offered any more, a stream of the whole account always is', async () => {
  const { client, simulator } = stage;
  expect(client.isOffered('trades:SOLUSDT')).toBe(true);
  await client.readMarkets();
  expect(
    ['trades:SOLUSDT', 'trades:GONEUSDT', 'deposits'].map((one) => client.isOffered(one as Stream)),
  ).toEqual([true, false, true]);
  simulator.world.delist('SOLUSDT');
  stage.kept.delete('markets');
  await client.readMarkets();
  expect(client.isOffered('trades:SOLUSDT')).toBe(false);
});

test('a run in which nothing happened makes as many requests as there are wallets, streams, traded and swept markets', async () => {
  stage.simulator.world.addMarkets(300);
  const traded = ['BTCUSDT', 'SOLUSDT', 'XRPUSDT'];
  stage.account.deposit('USDT', '10000', { time: now - 6 * DAY_MS });
  for (const symbol of traded) buy(symbol, now - 5 * DAY_MS);
  const cursors = new Map<Stream, Cursor>();
  const run = async (unexplained: readonly string[]) => {
    const client = await stage.reopen();
    for (const stream of client.streams)
      for await (const page of client.readHistory(
        cursors.get(stream) ?? client.firstCursor(stream, now - DAY_MS),
      ))
        cursors.set(stream, page.cursor);
    await client.readWallets();
    await search(cursors, unexplained, client);
    await client.readPrices(['BTC', 'SOL'], 'USD');
    return client.requestCount();
  };
  await run(['BTC', 'SOL', 'XRP']);
  // 5 streams, 4 wallets, the traded markets, the sweep, the prices.
  expect(await run([])).toBe(5 + 4 + traded.length + SWEEP_BUDGET + 1);
});
