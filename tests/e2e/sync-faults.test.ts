import { expect } from '@jest/globals';
import type postgres from 'postgres';
import { fault } from '../faults/fault.js';
import { askedAt, onSynced, WALLETS } from '../support/synced.js';
import type { Stage } from '../support/stage.js';
import { until } from '../support/until.js';

let stage: Stage;
let sql: postgres.Sql;

onSynced((opened) => {
  ({ stage, sql } = opened);
});

fault(18, async () => {
  stage.simulator.faults.add({ kind: 'delay', ms: 4_000, path: WALLETS.unified });
  const first = stage.start(['sync']);
  await until(() => Promise.resolve(askedAt(stage, WALLETS.unified)[0]));
  const second = await stage.run(['sync']);
  expect(second.code).toBe(75);
  const [, ...said] = second.stderr.trimEnd().split('\n');
  expect(said).toEqual([
    expect.stringMatching(new RegExp(`^ +\\S+:${first.child.pid ?? 0} has been syncing bybit for \\d+ s$`)),
    expect.stringMatching(/^ +Fix: Let it finish\./),
  ]);
  expect((await first.ended).code).toBe(0);
});

fault(31, async () => {
  const env = {
    BYBIT_SUB1_API_KEY: 'wrong-key-000',
    BYBIT_SUB1_API_SECRET: 'wrong-secret-000',
    BYBIT_SUB1_BASE_URL: stage.simulator.url,
  };
  stage.account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.2', price: '60000' });
  const result = await stage.run(['sync'], { env });
  expect(result).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/✗ +bybit\/sub1 +failed/) as unknown,
  });
  const runs = await sql`select exchange_id, success from sync_history order by id desc limit 2`;
  expect(new Set(runs.map((run) => `${String(run['exchange_id'])} ${String(run['success'])}`))).toEqual(
    new Set(['bybit true', 'bybit/sub1 false']),
  );
  expect([...(await sql`select quantity from portfolio_items where asset = 'BTC'`)]).toEqual([
    { quantity: '0.2597' },
  ]);
});

fault(49, async () => {
  stage.simulator.faults.add({
    kind: 'retCode',
    code: 10005,
    message: 'Permission denied, please check your API key permissions.',
    path: WALLETS.fund,
    times: 9,
  });
  stage.account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.2', price: '60000' });
  await sql`update exchange_sync.wallets set read_at = read_at - interval '3 hours' where wallet = 'FUND'`;
  const partial = {
    code: 3,
    stderr: expect.stringMatching(
      /Wallet FUND could not be read .*its last known balances are used/,
    ) as unknown,
  };
  expect(await stage.run(['sync'])).toMatchObject(partial);
  // The next run has what this one kept, and no more.
  expect(await stage.run(['sync'])).toMatchObject(partial);
  const rows =
    await sql`select asset, quantity from portfolio_items where asset in ('BTC', 'ETH') order by asset`;
  expect([...rows]).toEqual([
    { asset: 'BTC', quantity: '0.2597' },
    { asset: 'ETH', quantity: '1.5' },
  ]);
  const { stdout } = await stage.run(['show']);
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
    /Wallet FUND could not be read \(.*\): shown as of 3 hours ago/,
  );
});
