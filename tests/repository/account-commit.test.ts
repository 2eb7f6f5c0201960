import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type AccountEvent, type Leg, legOf } from '../../src/models/account-event.js';
import { parseDecimal, toText } from '../../src/models/decimal.js';
import type { Cursor } from '../../src/models/events.js';
import type { Holding } from '../../src/models/holdings.js';
import { type AccountCommit, fetchRunCommitted, saveAccount } from '../../src/repository/account-commit.js';
import { fetchCursors } from '../../src/repository/account-state.js';
import { fetchWalletBalances } from '../../src/repository/wallets.js';
import { fetchEventPage } from '../../src/repository/stored-events.js';
import { saveHistoryPage } from '../../src/repository/history-page.js';
import { fetchPortfolio } from '../../src/repository/portfolio.js';
import { trade, transfer } from '../accounting/histories.js';
import { describeOnBoth } from '../support/databases.js';
import { commitOf, dateRun, leased, nextRun } from './leased.js';

const FIFTY_DIGITS = '12345678901234567890.123456789012345678901234567891';
const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

const holding = (asset: string, quantity: string): Holding => ({
  asset,
  quantity: parseDecimal(quantity),
  price: { known: true, price: parseDecimal('2'), route: [`${asset}/BTC`, 'BTC/USDT'], pricedAt: NOW },
  cost: { knownQuantity: parseDecimal(quantity), cost: parseDecimal('1'), averageEntry: parseDecimal('0.5') },
});

const commit = (account: string, runId: string, more: Partial<AccountCommit> = {}): AccountCommit =>
  commitOf(account, runId, NOW, more);

describeOnBoth('the account commit', (database) => {
  const stored = (account: string) =>
    database().run(async (sql) => (await fetchEventPage(sql, account, undefined)).events);

  test('amounts of fifty digits, times in ms and cursors come back as they were', async () => {
    const { account, runId } = await leased(database());
    const cursor: Cursor = {
      stream: 'trades',
      completeUntil: NOW - 1,
      window: { from: NOW - 9, to: NOW, page: 'a%3Ab' },
    };
    const bought = trade({
      side: 'buy',
      amount: FIFTY_DIGITS,
      value: '1',
      time: NOW,
      fees: [
        ['MNT', '-0.1'],
        ['BTC', '0.000000000000000001'],
      ],
    });
    const received = transfer('deposit', 'BTC', '0.000000000000000001', { time: NOW, txid: '0xab' });
    const named = { ...received.legs[0], wallet: 'FUND' } as Leg;
    const events: AccountEvent[] = [
      { ...bought, price: parseDecimal('0.5') },
      { ...received, legs: [named], network: 'BTC' },
    ];
    const outcome = await database().run((sql) =>
      saveAccount(
        sql,
        commit(account, runId, {
          holdings: [holding('BTC', `-${FIFTY_DIGITS}`)],
          events,
          cursors: [cursor],
        }),
      ),
    );
    expect(outcome).toBe('committed');
    expect(await stored(account)).toEqual(events.map((event) => ({ ...event, raw: undefined })));
    expect(await database().run((sql) => fetchCursors(sql, account))).toEqual([cursor]);
    await database().run((sql) => dateRun(sql, account, runId, NOW));
    const [shown] = await database().run((sql) => fetchPortfolio(sql, [account]));
    expect(shown).toMatchObject({ lastSuccess: NOW, lastFailure: undefined, missingAcquisitions: [] });
    expect(shown?.holdings).toEqual([holding('BTC', `-${FIFTY_DIGITS}`)]);
    expect(await database().run((sql) => fetchRunCommitted(sql, account, runId))).toBe(true);
  });

  test('without the lease nothing at all is written', async () => {
    const { account } = await leased(database());
    const stranger = commit(account, randomUUID(), {
      holdings: [holding('BTC', '1')],
      events: [trade({ side: 'buy', amount: '1', value: '1' })],
    });
    expect(await database().run((sql) => saveAccount(sql, stranger))).toBe('lease-lost');
    expect(await database().run((sql) => saveHistoryPage(sql, stranger))).toBe('lease-lost');
    expect(await stored(account)).toEqual([]);
    expect(await database().run((sql) => fetchPortfolio(sql, [account]))).toEqual([]);
  });

  test('a value that is refused takes the whole commit with it', async () => {
    const { account, runId } = await leased(database());
    const long = holding('X'.repeat(51), '1');
    const events = [trade({ side: 'buy', amount: '1', value: '1' })];
    const refused = database().run((sql) =>
      saveAccount(sql, commit(account, runId, { holdings: [long], events })),
    );
    await expect(refused).rejects.toMatchObject({ kind: 'guard' });
    expect(await stored(account)).toEqual([]);
  });

  test('what is no longer held leaves, what other accounts hold stays, and a replaced trade is one trade', async () => {
    const { account, runId } = await leased(database());
    const first = trade({ id: '7', side: 'buy', amount: '1', value: '1', time: NOW });
    const corrected = { ...trade({ side: 'buy', amount: '2', value: '1', time: NOW }), id: '7' };
    const save = (run: string, more: Partial<AccountCommit>) =>
      database().run((sql) => saveAccount(sql, commit(account, run, more)));
    await save(runId, { holdings: [holding('BTC', '1'), holding('ETH', '1')], events: [first, first] });
    const next = await database().run((sql) => nextRun(sql, account));
    await save(next, { holdings: [holding('ETH', '3')], events: [corrected] });
    const items = await database().run(
      (sql) => sql`select asset, quantity from public.portfolio_items where exchange_id = ${account}`,
    );
    expect([...items]).toEqual([{ asset: 'ETH', quantity: '3' }]);
    expect((await stored(account)).map((event) => toText(legOf(event, 'base').amount))).toEqual(['2']);
  });

  test('a wallet that could not be read keeps its balances and their time', async () => {
    const { account, runId } = await leased(database());
    const balances = [
      { asset: 'BTC', rawCode: 'BTC', total: parseDecimal('1'), borrowed: parseDecimal('0') },
    ];
    await database().run((sql) =>
      saveAccount(
        sql,
        commit(account, runId, { wallets: [{ wallet: 'FUND', status: 'read', readAt: NOW, balances }] }),
      ),
    );
    await database().run((sql) => dateRun(sql, account, runId, NOW));
    const next = await database().run((sql) => nextRun(sql, account));
    const failure = { outcome: 'refused', reason: 'refused', fix: undefined } as const;
    const unread = { wallet: 'FUND', status: 'unreadable', ...failure } as const;
    await database().run((sql) =>
      saveAccount(
        sql,
        commit(account, next, { wallets: [unread], complete: false, success: false, errorMessage: 'FUND' }),
      ),
    );
    expect(await database().run((sql) => fetchWalletBalances(sql, account))).toEqual([
      { wallet: 'FUND', balances },
    ]);
    const [shown] = await database().run((sql) => fetchPortfolio(sql, [account]));
    expect(shown).toMatchObject({
      wallets: [{ wallet: 'FUND', readAt: NOW, failure: 'refused' }],
      lastFailure: { message: 'FUND' },
    });
  });

  test('names that look like SQL or hold a NUL are stored safely', async () => {
    const { account, runId } = await leased(database());
    const odd = `'; drop table x; --\0`;
    const raw = { note: odd, lone: '\ud800' };
    const events = [{ ...trade({ side: 'buy', base: odd, amount: '1', value: '1' }), raw }];
    expect(await database().run((sql) => saveAccount(sql, commit(account, runId, { events })))).toBe(
      'committed',
    );
    const [kept] = await stored(account);
    expect(kept?.legs[0]?.asset).toBe(`'; drop table x; --\uFFFD`);
  });

  test.each(['NaN', 'Infinity', '-Infinity'])('%s is refused as an amount', async (amount) => {
    const insert = database().run(
      (sql) =>
        sql`insert into exchange_sync.wallet_balances values ('a', 'w', 'X', 'X', ${amount}::numeric, 0)`,
    );
    await expect(insert).rejects.toMatchObject({ kind: 'guard' });
  });
});
