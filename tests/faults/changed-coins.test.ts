import { expect } from '@jest/globals';
import type postgres from 'postgres';
import { parseDecimal } from '../simulator/decimal.js';
import type { Answer } from '../simulator/faults.js';
import { onServer } from '../support/on-server.js';
import { SINCE, type Stage } from '../support/stage.js';
import { fault } from './fault.js';

let stage: Stage;
let sql: postgres.Sql;

onServer('all', (opened) => {
  ({ stage, sql } = opened);
});

fault('C11', async () => {
  const { account, simulator } = stage;
  for (const asset of ['QUICK', 'LUNA', 'LUNC', 'DEAR']) simulator.world.addMarket(asset, 'USDT', '4');
  account.deposit('QUICK', '2');
  account.deposit('LUNA', '5');
  account.deposit('DEAR', '1');
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0 });

  const edit = ({ result, ...body }: Answer) => {
    for (const row of result.list ?? []) if (row['symbol'] === 'DEARUSDT') row['lastPrice'] = '1e9999';
    return { ...body, result };
  };
  simulator.faults.add({ kind: 'edit', edit, path: '/v5/market/tickers', times: 9 });
  simulator.world.setPrice('QUICKUSDT', '0.004');
  const held = account.wallets.UNIFIED;
  held.set('QUICK', parseDecimal('2000'));
  held.set('LUNA', parseDecimal('0'));
  held.set('LUNC', parseDecimal('5'));
  const synced = await stage.run(['sync', '--verbose']);
  expect(synced.code).toBe(0);
  const [item] = await sql`select current_price from portfolio_items where asset = 'DEAR'`;
  expect(item).toEqual({ current_price: null });
  const shown = await stage.run(['show']);
  const checked = await stage.run(['check', '--offline', '--only', 'drift']);
  for (const { stdout } of [synced, shown, checked]) {
    const text = stdout.replaceAll(/\s+/g, ' ');
    expect(text).toContain('The balance of QUICK is 1000 times what its records give');
    expect(text).toContain('LUNA is gone and 1 LUNC came for each');
    expect(text).toContain('exchange-sync sync --accept-unexplained LUNA LUNC');
  }
  expect(synced.stdout).toContain('No price for DEAR.');
  expect(shown.stdout.replaceAll(/\s+/g, ' ')).toContain(
    'No price for DEAR: not in the totals; last known 4',
  );
});
