import { expect } from '@jest/globals';
import type { Answer } from '../simulator/faults.js';
import { atBinance } from '../support/at-binance.js';
import { onServer } from '../support/on-server.js';
import { SINCE, type Stage, QUIET } from '../support/stage.js';
import { fault } from './fault.js';

let stage: Stage;

onServer('all', (opened) => {
  ({ stage } = opened);
});

fault('F8', async () => {
  const { account, simulator } = stage;
  Object.assign(stage.env, atBinance(stage).env);
  for (const asset of ['NEIRO', 'ODD', 'SAME']) {
    simulator.world.addMarket(asset, 'USDT', '0.1');
    account.deposit(asset, '1000');
  }
  const edit = ({ result, ...body }: Answer) => {
    for (const row of result.list ?? []) if (row['symbol'] === 'ODDUSDT') row['lastPrice'] = '7';
    return { ...body, result };
  };
  simulator.faults.add({ kind: 'edit', edit, path: '/v5/market/tickers', times: 9 });
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
  const { stdout } = await stage.run(['show', '--group', 'asset'], { env: { COLUMNS: '160' } });
  for (const [asset, amount] of [
    ['NEIRO \\(bybit\\)', '1,000'],
    ['NEIRO \\(binance\\)', '1,000'],
    ['ODD \\(bybit\\)', '1,000'],
    ['ODD \\(binance\\)', '1,000'],
    ['SAME', '2,000'],
  ]) {
    expect(stdout).toMatch(new RegExp(`^${asset} +${amount} `, 'm'));
  }
  const text = stdout.replaceAll(/\s+/g, ' ');
  expect(text).toMatch(/NEIRO is not the same coin on every exchange.*bybit \(Neiro Ethereum\)/);
  expect(text).toMatch(/ODD is not the same coin on every exchange/);
  expect(text).not.toContain('SAME is not');
  const page = await stage.run(['show', '--format', 'html']);
  expect(page.stdout).toContain('ODD is not the same coin on every exchange');
});
