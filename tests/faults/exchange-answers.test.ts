import { describe, expect, test } from '@jest/globals';
import type postgres from 'postgres';
import { parseDecimal } from '../simulator/decimal.js';
import type { Answer } from '../simulator/faults.js';
import { SINCE, type Stage } from '../support/stage.js';
import { askedAt, onSynced, WALLETS } from '../support/synced.js';
import { fault } from './fault.js';

const EXECUTIONS = '/v5/execution/list';
/** 50 digits. */
const LONG = '12345678901234567890.123456789012345678901234567891';

let stage: Stage;
let sql: postgres.Sql;
let expectKept: () => Promise<void>;

onSynced((opened) => {
  ({ stage, sql, expectKept } = opened);
});

const edit = (path: string, change: (body: Answer) => unknown) => {
  stage.simulator.faults.add({ kind: 'edit', edit: change, path, times: 99 });
};
const held = async (asset: string) => {
  const [row] = await sql`select quantity from portfolio_items where asset = ${asset}`;
  return row?.['quantity'] as string | undefined;
};

const UNUSABLE: readonly string[] = [
  '<html>maintenance</html>',
  '{}',
  '{"retCode":0,"retMsg":"OK","result":{"list":[{"coin":[{"coin":"BT',
  '',
  '{"retCode":0,"retMsg":"OK","result":null,"retExtInfo":{},"time":1764000000000}',
];

fault(
  26,
  async () => {
    for (const body of UNUSABLE) {
      stage.simulator.faults.add({ kind: 'body', body, path: WALLETS.fund, times: 99 });
      expect({ body, code: (await stage.run(['sync', '--timeout', '30s'])).code }).toEqual({ body, code: 3 });
      expect(await held('ETH')).toBe('1.5');
      stage.simulator.faults.add({ kind: 'body', body, path: WALLETS.unified, times: 99 });
      const { code, stderr } = await stage.run(['sync', '--timeout', '30s']);
      expect({ body, code }).toEqual({ body, code: 65 });
      expect(stderr).toContain('returned an invalid response');
      expect(await sql`select from portfolio_items`).toHaveLength(4);
      stage.simulator.faults.clear();
    }
  },
  600_000,
);

describe('holdings that vanish', () => {
  const empty = () => {
    for (const wallet of Object.values(stage.account.wallets)) wallet.clear();
  };

  fault(32, async () => {
    const { UNIFIED, FUND } = stage.account.wallets;
    const all = [...UNIFIED];
    FUND.clear();
    UNIFIED.clear();
    // It is there again when it is asked for a second time.
    stage.simulator.faults.add({
      kind: 'edit',
      path: WALLETS.unified,
      edit: (body) => {
        for (const [asset, amount] of all) UNIFIED.set(asset, amount);
        return body;
      },
    });
    expect((await stage.run(['sync'])).code).toBe(0);
    expect(askedAt(stage, WALLETS.unified)).toHaveLength(2);
    expect(await held('BTC')).toBe('0.0599');

    empty();
    const refused = await stage.run(['sync']);
    expect(refused).toMatchObject({ code: 65, stderr: expect.stringContaining('--accept-empty') as unknown });
    expect(askedAt(stage, WALLETS.unified)).toHaveLength(4);
    expect(await held('BTC')).toBe('0.0599');
    expect((await stage.run(['sync', '--accept-empty'])).code).toBe(0);
    expect(await sql`select from portfolio_items`).toHaveLength(0);
  });

  test('because they were withdrawn are believed', async () => {
    for (const [wallet, balances] of Object.entries(stage.account.wallets)) {
      for (const [asset, amount] of balances) {
        stage.account.withdraw(asset, amount.toFixed(), { wallet: wallet as 'FUND' | 'UNIFIED' });
      }
    }
    expect((await stage.run(['sync'])).code).toBe(0);
    expect(await sql`select from portfolio_items`).toHaveLength(0);
  });
});

const IMPOSSIBLE: readonly (readonly [path: string, name: string, value: string])[] = [
  [WALLETS.unified, 'walletBalance', 'NaN'],
  [WALLETS.unified, 'walletBalance', 'Infinity'],
  [WALLETS.fund, 'walletBalance', 'NaN'],
  [EXECUTIONS, 'execQty', '-Infinity'],
  [EXECUTIONS, 'execPrice', 'NaN'],
  ['/v5/market/tickers', 'lastPrice', 'NaN'],
  ['/v5/market/tickers', 'lastPrice', 'Infinity'],
];

fault(
  34,
  async () => {
    stage.account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.2', price: '60000' });
    for (const [path, name, odd] of IMPOSSIBLE) {
      edit(path, (body) => withField(body, name, odd));
      const { code, stderr } = await stage.run(['sync']);
      expect({ path, name, odd, code }).toEqual({ path, name, odd, code: 65 });
      expect(stderr).toContain(`"${odd}"`);
      stage.simulator.faults.clear();
    }
    await expectKept();
  },
  300_000,
);

/** The answer with every field of the name as this value, however deep. */
const withField = (body: unknown, name: string, value: string): unknown =>
  JSON.parse(JSON.stringify(body, (key, old: unknown) => (key === name ? value : old)));

fault(35, async () => {
  stage.account.deposit('XRP', LONG);
  stage.account.wallets.UNIFIED.set('SOL', parseDecimal('100'));
  edit(WALLETS.unified, (body) => borrowed(body, 'SOL', '100.50'));
  expect((await stage.run(['sync'])).code).toBe(0);
  expect([await held('XRP'), await held('SOL')]).toEqual([LONG, '-0.5']);
  for (const format of [['json'], ['csv', '--exact']]) {
    const { stdout } = await stage.run(['show', '--format', ...format]);
    expect(stdout).toContain(LONG);
    expect(stdout).toContain('-0.5');
  }
  // A wallet that lends nothing owes nothing.
  stage.account.wallets.FUND.set('ETH', parseDecimal('-1.5'));
  const owing = await stage.run(['sync']);
  expect(owing).toMatchObject({
    code: 65,
    stderr: expect.stringContaining('"-1.5" as walletBalance of wallet FUND (ETH)') as unknown,
  });
  expect(await held('ETH')).toBe('1.5');
});

const borrowed = (body: unknown, coin: string, amount: string): unknown =>
  JSON.parse(
    JSON.stringify(body, (_key, value: unknown) =>
      (value as { coin?: unknown } | null)?.coin === coin
        ? { ...(value as object), spotBorrow: amount }
        : value,
    ),
  );

fault(39, async () => {
  for (let count = 0; count < 250; count += 1) {
    stage.account.trade({ symbol: 'XRPUSDT', side: 'Buy', amount: '1', price: '0.5' });
  }
  let first: string | undefined;
  edit(EXECUTIONS, (body) => {
    first ??= body.result.nextPageCursor ?? '';
    return { ...body, result: { ...body.result, nextPageCursor: first } };
  });
  const looping = await stage.run(['sync', ...SINCE, '--timeout', '30s']);
  expect(looping).toMatchObject({
    code: 65,
    stderr: expect.stringContaining('lead back to one another') as unknown,
  });
  expect(askedAt(stage, EXECUTIONS)).toHaveLength(2);
  const [row] = await sql`select count(*)::int as items from portfolio_items`;
  expect([row?.['items'], await held('XRP')]).toEqual([4, undefined]);
});
