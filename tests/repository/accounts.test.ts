import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ExpectedError } from '../../src/errors.js';
import { parseDecimal } from '../../src/models/decimal.js';
import type { StoredGap } from '../../src/models/coverage.js';
import { saveAccount } from '../../src/repository/account-commit.js';
import {
  fetchIdentity,
  fetchOtherName,
  removeAccount,
  renameAccount,
  saveIdentity,
} from '../../src/repository/accounts.js';
import { takeLease } from '../../src/repository/leases.js';
import { fetchGaps } from '../../src/repository/coverage.js';
import { fetchPortfolio } from '../../src/repository/portfolio.js';
import { describeOnBoth } from '../support/databases.js';
import { commitOf } from './leased.js';

const NOW = Date.UTC(2026, 5, 1);
const GAP: StoredGap = {
  part: 'stream:converts',
  status: 'refused',
  reason: 'no permission',
  fix: 'add it',
  affects: true,
  since: NOW - 1_000,
};
const NO_COST = { knownQuantity: parseDecimal('0'), cost: parseDecimal('0'), averageEntry: undefined };
const BTC = { asset: 'BTC', quantity: parseDecimal('1'), price: { known: false }, cost: NO_COST } as const;

describeOnBoth('accounts', (database) => {
  const lease = async (account: string): Promise<string> => {
    const runId = randomUUID();
    const request = { account, runId, holder: 'test', ttlMs: 60_000 };
    await database().run((sql) => takeLease(sql, request));
    return runId;
  };
  const synced = async (account: string, gaps: readonly StoredGap[] = []) => {
    const runId = await lease(account);
    const commit = commitOf(account, runId, NOW, { holdings: [BTC], gaps });
    await database().run((sql) => saveAccount(sql, commit));
    await database().run((sql) => sql`delete from exchange_sync.leases`);
  };
  const identity = (account: string, exchangeAccountId: string | undefined, keyHash = 'k') => {
    return { account, exchange: 'bybit', environment: 'live', exchangeAccountId, keyHash } as const;
  };
  const names = async (table: 'portfolio_items' | 'sync_history') =>
    (
      await database().run(
        (sql) =>
          sql<
            { name: string }[]
          >`select distinct exchange_id as name from ${sql(`public.${table}`)} order by 1`,
      )
    ).map(({ name }) => name);

  test('keep their id, and one id has one name', async () => {
    await database().run(async (sql) => {
      await saveIdentity(sql, identity('bybit/a', '1'));
      await saveIdentity(sql, identity('bybit/b', '1'));
      expect(await fetchIdentity(sql, 'bybit/b')).toBeUndefined();
      expect(await fetchOtherName(sql, identity('bybit/b', '1'))).toBe('bybit/a');
      await saveIdentity(sql, identity('bybit/a', undefined, 'new'));
      expect(await fetchIdentity(sql, 'bybit/a')).toEqual(identity('bybit/a', '1', 'new'));
      await saveIdentity(sql, identity('bybit/c', undefined));
      await saveIdentity(sql, identity('bybit/d', undefined));
      expect(await fetchOtherName(sql, identity('bybit/d', undefined))).toBeUndefined();
      await sql`delete from exchange_sync.accounts`;
    });
  });

  test('what is missing of them is replaced by each commit, with texts of a bounded length', async () => {
    const long = { ...GAP, reason: 'x'.repeat(5_000), fix: '🙂'.repeat(800) };
    await synced('bybit/gaps', [long, { ...GAP, part: 'wallet:FUND' }]);
    const stored = await database().run((sql) => fetchGaps(sql, 'bybit/gaps'));
    expect(stored.map(({ part }) => part)).toEqual(['stream:converts', 'wallet:FUND']);
    expect(stored[0]?.reason).toHaveLength(1_000);
    await synced('bybit/gaps', [{ ...GAP, status: 'failed', fix: undefined }]);
    expect(await database().run((sql) => fetchGaps(sql, 'bybit/gaps'))).toEqual([
      { ...GAP, status: 'failed', fix: undefined },
    ]);
    const [shown] = await database().run((sql) => fetchPortfolio(sql, ['bybit/gaps']));
    expect(shown?.gaps).toEqual([{ part: GAP.part, status: 'failed', reason: GAP.reason, since: GAP.since }]);
    await database().run((sql) => removeAccount(sql, 'bybit/gaps'));
  });

  test('are renamed in every table, and removed from every table', async () => {
    await synced('bybit', [GAP]);
    await synced('binance');
    await database().run((sql) => saveIdentity(sql, identity('bybit', '7')));
    await database().run((sql) => renameAccount(sql, 'bybit', 'bybit/main'));
    const stored = await database().run((sql) => fetchPortfolio(sql));
    expect(stored.map(({ account }) => account)).toEqual(['binance', 'bybit/main']);
    expect(stored[1]).toMatchObject({ holdings: [{ asset: 'BTC' }], gaps: [{ part: GAP.part }] });
    expect(await database().run((sql) => fetchIdentity(sql, 'bybit/main'))).toMatchObject({
      exchangeAccountId: '7',
    });
    expect(await names('portfolio_items')).toEqual(['binance', 'bybit/main']);
    await database().run((sql) => removeAccount(sql, 'bybit/main'));
    expect(await names('portfolio_items')).toEqual(['binance']);
    expect(await names('sync_history')).toEqual(['binance']);
    const rows = await database().run(
      (sql) => sql<{ name: string; account_column: string }[]>`select * from exchange_sync.account_tables()`,
    );
    for (const { name, account_column } of rows) {
      const [left] = await database().run(
        (sql) => sql`select from ${sql(name)} where ${sql(account_column)} like 'bybit%' limit 1`,
      );
      expect([name, left]).toEqual([name, undefined]);
    }
    await database().run((sql) => removeAccount(sql, 'binance'));
  });

  test.each([
    ['bybit/none', 'bybit/x', 'there is no account'],
    ['bybit/old', 'binance/x', 'is not a name of an account of bybit'],
    ['bybit/old', 'bybit/X', 'is not a name of an account of bybit'],
    ['bybit/old', 'bybit/used', 'there already is an account'],
  ])('%s is not renamed to %s: %s', async (from, to, message) => {
    await synced('bybit/old');
    await synced('bybit/used');
    const renamed = database().run((sql) => renameAccount(sql, from, to));
    await expect(renamed).rejects.toThrow(ExpectedError);
    await expect(renamed).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringContaining(message) as unknown,
    });
  });

  test('are neither renamed nor removed while a sync of them runs', async () => {
    await synced('bybit/busy');
    await lease('bybit/busy');
    const running = { message: expect.stringContaining('is running') as unknown };
    for (const act of [
      () => database().run((sql) => renameAccount(sql, 'bybit/busy', 'bybit/other')),
      () => database().run((sql) => removeAccount(sql, 'bybit/busy')),
    ]) {
      await expect(act()).rejects.toMatchObject(running);
    }
  });
});
