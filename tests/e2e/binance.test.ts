import { expect, test } from '@jest/globals';
import { atBinance } from '../support/at-binance.js';
import { onServer } from '../support/on-server.js';
import { SINCE, type Stage } from '../support/stage.js';

const HOUR_MS = 3_600_000;
const EACH_RUN = { wallets: 4, streams: 5, tradedMarkets: 1, sweptMarkets: 20, prices: 1 };

let stage: Stage;

onServer('each', (opened) => {
  ({ stage } = opened);
});

test('an account at Binance is in step to the last digit, its markets found by its balances', async () => {
  const { simulator, account } = stage;
  const binance = atBinance(stage);
  const time = simulator.world.now() - HOUR_MS;
  simulator.world.addMarkets(200);
  account.deposit('USDT', '10000', { time });
  account.trade({ symbol: 'SOLUSDT', side: 'Buy', amount: '10', price: '150', time });
  account.convert({ from: 'USDT', amount: '20', to: 'BNB', toAmount: '0.0332', time });
  account.receive('SOL', '0.01', { time });
  account.subscribe('SOL', '4');
  account.accrue('SOL', '0.0002', { time });

  expect(await stage.run(['sync', ...SINCE], binance)).toMatchObject({ code: 0 });
  simulator.requests.length = 0;
  expect(await stage.run(['sync'], binance)).toMatchObject({ code: 0 });
  expect(simulator.requests).toHaveLength(Object.values(EACH_RUN).reduce((sum, count) => sum + count));

  const { stdout: findings } = await stage.run(['check', '--offline', '--verbose'], binance);
  expect(findings).toMatch(/^binance$.* books +replaying all 5 records reproduces the stored positions/ms);
  expect(findings).toMatch(/ markets +4\d of 211 markets have been searched for trades; every sync/);

  const { stdout } = await stage.run(['show', '--format', 'json'], binance);
  const [shown] = (JSON.parse(stdout) as { accounts: { holdings: object[] }[] }).accounts;
  expect(shown?.holdings).toMatchObject([
    { asset: 'BNB', quantity: '0.0332', cost: '20' },
    { asset: 'SOL', quantity: '10.0002', costKnownQuantity: '10.0002' },
    { asset: 'USDT', quantity: '8480' },
  ]);
});
