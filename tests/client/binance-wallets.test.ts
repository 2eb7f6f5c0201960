import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { WalletReading } from '../../src/models/holdings.js';
import { type ClientStage, openBinance } from '../support/client.js';

const FLEXIBLE = '/sapi/v1/simple-earn/flexible/position';
const REFUSED = '{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}';

let stage: ClientStage;

beforeEach(async () => {
  stage = await openBinance();
  // What passes by itself is tried again at once.
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await stage.end();
});

/** What each wallet holds, as `wallet asset amount`. */
const told = (readings: readonly WalletReading[]) =>
  readings
    .flatMap((reading) =>
      reading.status === 'read'
        ? reading.balances.map(({ asset, total }) => `${reading.wallet} ${asset} ${total.toString()}`)
        : [`${reading.wallet} unreadable`],
    )
    .sort();
const wallets = async () => told(await stage.client.readWallets());
const refuse = (path: string) => {
  stage.simulator.faults.add({ kind: 'status', status: 401, body: REFUSED, path, times: 99 });
};

describe('the wallets of a Binance account', () => {
  test('are read to the last digit, zeros left out, with what orders hold', async () => {
    stage.account.deposit('BTC', '1.123456789012345678');
    stage.account.deposit('USDT', '0.00000001', { wallet: 'FUND' });
    stage.account.hold('BTC', '0.4');
    stage.account.hold('USDT', '0.000000004', 'FUND');
    expect(await wallets()).toEqual(['FUNDING USDT 0.00000001', 'SPOT BTC 1.123456789012345678']);
  });

  test('count a flexible position once, and LDO is a coin like any other', async () => {
    stage.simulator.world.addMarket('LDO', 'USDT', '1.9');
    stage.account.deposit('BTC', '1.5');
    stage.account.deposit('LDO', '30');
    stage.account.subscribe('BTC', '1');
    stage.account.accrue('BTC', '0.00000001');
    stage.account.lock('BTC', '0.2');
    expect(await wallets()).toEqual([
      'EARN_FLEXIBLE BTC 1.00000001',
      'EARN_LOCKED BTC 0.2',
      'SPOT BTC 0.3',
      'SPOT LDO 30',
    ]);
  });

  test('keep LDO apart from O, though O is a coin too', async () => {
    for (const coin of ['LDO', 'O']) {
      stage.simulator.world.addMarket(coin, 'USDT', '1.9');
      stage.account.deposit(coin, '30');
    }
    expect(await wallets()).toEqual(['SPOT LDO 30', 'SPOT O 30']);
  });

  test('LDO in flexible earn is shown as LDLDO and counted once as LDO', async () => {
    stage.simulator.world.addMarket('LDO', 'USDT', '1.9');
    stage.account.deposit('LDO', '30');
    stage.account.subscribe('LDO', '12');
    expect(await wallets()).toEqual(['EARN_FLEXIBLE LDO 12', 'SPOT LDO 18']);
  });

  test('tell a flexible position by its coin in the spot account where it is not readable itself', async () => {
    stage.account.deposit('BTC', '1.5');
    stage.account.subscribe('BTC', '1');
    refuse(FLEXIBLE);
    expect(await wallets()).toEqual(['EARN_FLEXIBLE BTC 1', 'SPOT BTC 0.5']);
  });

  test('tell a position that was given up between the two readings as the spot account showed it', async () => {
    stage.account.deposit('BTC', '1.5');
    stage.account.deposit('ETH', '3');
    stage.account.subscribe('BTC', '1');
    stage.account.subscribe('ETH', '2');
    stage.simulator.faults.add({
      kind: 'edit',
      path: FLEXIBLE,
      edit: (body) => {
        const { rows } = body as unknown as { rows: { asset: string }[] };
        return { rows: rows.filter(({ asset }) => asset !== 'ETH'), total: 1 };
      },
    });
    expect(await wallets()).toEqual([
      'EARN_FLEXIBLE BTC 1',
      'EARN_FLEXIBLE ETH 2',
      'SPOT BTC 0.5',
      'SPOT ETH 1',
    ]);
  });

  test('that are locked are read over all pages and summed by coin', async () => {
    stage.account.deposit('BTC', '300');
    for (let index = 0; index < 205; index += 1) stage.account.lock('BTC', '1.01');
    expect(await wallets()).toEqual(['EARN_LOCKED BTC 207.05', 'SPOT BTC 92.95']);
    expect(stage.asked('/sapi/v1/simple-earn/locked/position')).toBe(3);
  });

  test('one whose pages do not end, or hold more than was asked for, is refused', async () => {
    const position = { amount: '1', asset: 'BTC' };
    const body = JSON.stringify({ rows: Array.from({ length: 2_000 }, () => position), total: 1_000_000 });
    const path = '/sapi/v1/simple-earn/locked/position';
    stage.simulator.faults.add({ kind: 'body', body, path, times: 999 });
    await expect(stage.client.readWallets()).rejects.toMatchObject({
      kind: 'guard',
      message: 'the exchange sent more than 50000 balances of the wallet EARN_LOCKED',
    });
    expect(stage.asked(path)).toBe(26);
  });

  test('one that is not readable is said, and the others are read', async () => {
    stage.account.deposit('BTC', '1');
    refuse('/sapi/v1/asset/get-funding-asset');
    expect(await wallets()).toEqual(['FUNDING unreadable', 'SPOT BTC 1']);
  });

  test.each(['{}', '[]', '{"balances":null}', '<html></html>', '{"balances":[{"asset":"BTC"}]}'])(
    '%s is never an empty wallet',
    async (body) => {
      for (const path of ['/api/v3/account', '/sapi/v1/asset/get-funding-asset'])
        stage.simulator.faults.add({
          kind: 'body',
          body: path === '/api/v3/account' ? body : '{}',
          path,
          times: 99,
        });
      expect((await wallets()).filter((line) => line.includes('unreadable'))).toEqual([
        'FUNDING unreadable',
        'SPOT unreadable',
      ]);
    },
  );

  test.each(['NaN', '1,5', ''])('a balance of %j is refused', async (free) => {
    const body = JSON.stringify({
      canTrade: true,
      canWithdraw: true,
      balances: [{ asset: 'BTC', free, locked: '0' }],
    });
    stage.simulator.faults.add({ kind: 'body', body, path: '/api/v3/account', times: 99 });
    await expect(stage.client.readWallets()).rejects.toMatchObject({ kind: 'guard' });
  });
});

describe('on the testnet', () => {
  test('there is the spot account alone, and no history but trades', async () => {
    await stage.end();
    stage = await openBinance({
      account: { environment: 'testnet' },
      simulator: { binance: { testnet: true } },
    });
    stage.account.deposit('BTC', '1');
    expect(await wallets()).toEqual(['SPOT BTC 1']);
    expect(stage.client.streams).toEqual([]);
    const search = await stage.client.searchStreams({ cursors: [], unexplained: ['BTC'] });
    expect(search).toContain('trades:BTCUSDT');
    expect(await stage.client.readKeyRights()).toBeUndefined();
    expect(await stage.client.readAccountId()).toBeUndefined();
    expect(stage.simulator.requests.filter(({ path }) => path.startsWith('/sapi'))).toEqual([]);
  });
});

describe('the rights of a key', () => {
  test('are read, and an end that Binance does not tell is not known', async () => {
    expect(await stage.client.readKeyRights()).toEqual({
      readOnly: true,
      canTrade: false,
      canWithdraw: false,
      ipBound: true,
      expiresAt: undefined,
      accountId: undefined,
      missing: [],
      unavailable: [],
    });
    Object.assign(stage.account, {
      readOnly: 0,
      ips: ['*'],
      permissions: { Wallet: ['Withdraw'], Spot: ['SpotTrade'] },
    });
    expect(await stage.client.readKeyRights()).toMatchObject({
      readOnly: false,
      canTrade: true,
      canWithdraw: true,
      ipBound: false,
    });
  });
});
