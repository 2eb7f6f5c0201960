import { expect, test } from '@jest/globals';
import type { Bridges } from '../../src/models/bridge.js';
import type { DatabaseSettings } from '../../src/models/settings.js';
import type { OpenDatabase } from '../../src/service/read-stored.js';
import { showBridge } from '../../src/service/show-bridge.js';
import { termsIn } from '../accounting/moments.js';
import { type Found, held, pool, synced } from '../repository/pools.js';
import { describeOnBoth } from '../support/databases.js';

/** Of older snapshots the next commit keeps one an hour or a day. */
const NOW = Date.now();
const HOUR_MS = 3_600_000;
const ELSEWHERE = { kind: 'server' } as DatabaseSettings;

const holding = (price: string): Found => ({
  holdings: [held('BTC', '2', price)],
  ledger: { pools: [pool('BTC', { quantity: '2', book: '100' })] },
});
const under = (settings: string, found: Found): Found => ({
  ...found,
  ledger: { ...found.ledger, settings },
});

describeOnBoth('the bridge over a time', (database) => {
  const open: OpenDatabase = (fn) => fn(database());
  const show = (accounts: readonly string[], hours: number) =>
    showBridge(ELSEWHERE, { accounts, expected: accounts, period: hours * HOUR_MS, now: NOW }, open);
  const hoursAgo = (hours: number, account: string, found: Found) =>
    synced(database(), account, NOW - hours * HOUR_MS, found);
  const ages = ({ accounts }: Bridges) =>
    accounts.map(({ from, to, late }) => [(NOW - from.time) / HOUR_MS, (NOW - to.time) / HOUR_MS, late]);

  test('begins at the newest snapshot that is old enough, and ends at the newest of all', async () => {
    await hoursAgo(30, 'bybit/a', holding('10'));
    await hoursAgo(25, 'bybit/a', holding('20'));
    await hoursAgo(23, 'bybit/a', holding('30'));
    await hoursAgo(1, 'bybit/a', { ...holding('50'), success: false });
    const shown = await show(['bybit/a'], 24);
    expect(ages(shown)).toEqual([[25, 1, undefined]]);
    expect(termsIn(shown.total)).toEqual({ priceMoves: '60' });
    expect(shown.accounts[0]).toMatchObject({ from: { complete: true }, to: { complete: false } });
    expect(ages(await show(['bybit/a'], 25))).toEqual([[25, 1, undefined]]);
  });

  test('begins late where nothing is old enough, and says why', async () => {
    await hoursAgo(20, 'bybit/b', holding('10'));
    await hoursAgo(2, 'bybit/b', holding('20'));
    expect(ages(await show(['bybit/b'], 24))).toEqual([[20, 2, 'first']]);
    await hoursAgo(1.5, 'bybit/b', under('other', holding('20')));
    await hoursAgo(1, 'bybit/b', under('other', holding('30')));
    for (const hours of [24, 10]) {
      expect(ages(await show(['bybit/b'], hours))).toEqual([[1.5, 1, 'not-comparable']]);
    }
  });

  test('never begins at a snapshot whose counts were not kept', async () => {
    await hoursAgo(30, 'bybit/c', holding('10'));
    await hoursAgo(20, 'bybit/c', holding('10'));
    await database().run(
      (sql) => sql`update exchange_sync.snapshots set settings_hash = null where account = 'bybit/c'`,
    );
    await expect(show(['bybit/c'], 24)).rejects.toMatchObject({ kind: 'nothing-to-show' });
    await hoursAgo(3, 'bybit/c', holding('10'));
    await expect(show(['bybit/c'], 24)).rejects.toMatchObject({
      kind: 'nothing-to-show',
      message: expect.stringContaining('another version or other settings') as unknown,
      fix: expect.stringContaining('sync -e bybit/c') as unknown,
    });
    await hoursAgo(2, 'bybit/c', holding('11'));
    expect(ages(await show(['bybit/c'], 24))).toEqual([[3, 2, 'not-comparable']]);
  });

  test.each([
    ['one snapshot', 1, 24, 'one snapshot so far'],
    ['none in that time', 30, 24, 'no snapshot in that time'],
  ])('with %s there is nothing to show', async (_, age, hours, why) => {
    const account = `bybit/${age}`;
    await hoursAgo(age, account, holding('10'));
    await expect(show([account], hours)).rejects.toMatchObject({
      kind: 'nothing-to-show',
      message: expect.stringContaining(why) as unknown,
    });
  });

  test('adds up several accounts, and names those of which it cannot tell', async () => {
    for (const account of ['binance/x', 'binance/y']) {
      await hoursAgo(25, account, holding('10'));
      await hoursAgo(1, account, holding('15'));
    }
    await hoursAgo(1, 'binance/z', holding('10'));
    const shown = await show(['binance/x', 'binance/y', 'binance/z'], 24);
    expect(termsIn(shown.total)).toEqual({ priceMoves: '20' });
    expect(shown.unbridged).toEqual([{ account: 'binance/z', newest: NOW - HOUR_MS, reason: 'single' }]);
    await expect(show(['kraken'], 24)).rejects.toMatchObject({
      fix: expect.stringContaining('-e kraken') as unknown,
    });
  });
});
