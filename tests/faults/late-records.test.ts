import { expect, test } from '@jest/globals';
import type postgres from 'postgres';
import { atBinance } from '../support/at-binance.js';
import { onServer } from '../support/on-server.js';
import { type Changes, SINCE, type Stage } from '../support/stage.js';

const HOUR_MS = 3_600_000;

const DAY_MS = 24 * HOUR_MS;

let stage: Stage;
let sql: postgres.Sql;

onServer('each', (opened) => {
  ({ stage, sql } = opened);
});

/** Makes the daily look back due. */
const expireLookBack = () =>
  sql`update exchange_sync.exchange_cache set expires_at = now() where kind = 'looked-back'`;

const drift = async (changes: Changes = {}, account = 'bybit'): Promise<string | undefined> => {
  const { stdout } = await stage.run(['check', '--offline', '--format', 'json'], changes);
  const { checks } = JSON.parse(stdout) as { checks: { name: string; message: string }[] };
  return checks.find(({ name }) => name === `drift:${account}`)?.message;
};

test('a conversion that is told only after its coins have moved is found by the next sync', async () => {
  const { account, simulator } = stage;
  account.deposit('USDT', '1000', { time: simulator.world.now() - 2 * HOUR_MS });
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0 });
  const late = account.convert({ from: 'USDT', to: 'BTC', amount: '100' });
  account.conversions.pop();
  expect(await stage.run(['sync'])).toMatchObject({ code: 0 });
  expect(await drift()).toMatch(/^balance differences not explained by recorded history: BTC/);
  account.conversions.push(late);
  expect(await stage.run(['sync'])).toMatchObject({ code: 0 });
  expect(await drift()).toBe('all balances match the recorded history');
});

test.each(['bybit', 'binance'])(
  'a withdrawal that %s cancels after it was final is corrected by the look back of the day',
  async (exchange) => {
    const { account, simulator } = stage;
    const changes = exchange === 'binance' ? atBinance(stage) : {};
    const now = simulator.world.now();
    account.deposit('BTC', '1', { time: now - 9 * DAY_MS });
    const withdrawal = account.withdraw('BTC', '0.4', { time: now - 8 * DAY_MS, fee: '0.001' });
    const status = async () =>
      (await sql`select status from exchange_sync.transfers where direction = 'withdrawal'`)[0]?.[
        'status'
      ] as string;
    expect(await stage.run(['sync', '--since', isoDayOf(now - 20 * DAY_MS)], changes)).toMatchObject({
      code: 0,
    });
    expect(await status()).toBe('ok');
    account.settle(withdrawal, 'cancelled');
    expect(await stage.run(['sync'], changes)).toMatchObject({ code: 0 });
    expect(await status()).toBe('ok');
    await expireLookBack();
    expect(await stage.run(['sync'], changes)).toMatchObject({ code: 0 });
    expect(await status()).toBe('failed');
    expect(await drift(changes, exchange)).toBe('all balances match the recorded history');
  },
  120_000,
);

/** Binance's 0, 1, 6, 7 and 8: pending, success, credited but not withdrawable, wrong, awaiting the user. */
test('deposits of every status at Binance count as they end, though they were credited before', async () => {
  const { account, simulator } = stage;
  const now = simulator.world.now();
  const binance = atBinance(stage);
  const ends = [
    ['credited', 'done'],
    ['credited', 'cancelled'],
    ['done', 'cancelled'],
    // Newer, for what is pending is read again anyway.
    ['pending', 'done'],
    ['pending', 'cancelled'],
    ['awaiting', 'done'],
  ] as const;
  const deposits = ends.map(([state], index) =>
    account.deposit('BTC', `0.${index + 1}`, { time: now - (8 - index) * DAY_MS, state }),
  );
  const statuses = async () =>
    (await sql<{ status: string }[]>`select status from exchange_sync.transfers order by amount`).map(
      ({ status }) => status,
    );
  expect(await stage.run(['sync', '--since', isoDayOf(now - 20 * DAY_MS)], binance)).toMatchObject({
    code: 0,
  });
  expect(await statuses()).toEqual(['ok', 'ok', 'ok', 'pending', 'pending', 'pending']);
  ends.forEach(([, end], index) => {
    const row = deposits[index];
    if (row) account.settle(row, end);
  });
  await expireLookBack();
  expect(await stage.run(['sync'], binance)).toMatchObject({ code: 0 });
  expect(await statuses()).toEqual(['ok', 'failed', 'failed', 'ok', 'failed', 'ok']);
  expect(await drift(binance, 'binance')).toBe('all balances match the recorded history');
}, 120_000);

const isoDayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
