import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ExpectedError } from '../../src/errors.js';
import { type ClientStage, openClient } from '../support/client.js';
import { WALLETS } from '../support/synced.js';

const MILLION = 1_000_000;
const COINS = 20_000;
const LEVELS = 100_000;

let stage: ClientStage;

beforeEach(async () => {
  jest.spyOn(Math, 'random').mockReturnValue(0);
  stage = await openClient();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await stage.end();
});

const walletsFor = async (body: string): Promise<unknown> => {
  stage.simulator.faults.add({ kind: 'body', body, path: WALLETS.unified, times: 99 });
  return await stage.client.readWallets().catch((error: unknown) => error);
};
const coins = (rows: string): string =>
  `{"retCode":0,"retMsg":"OK","result":{"list":[{"coin":[${rows}]}]},"retExtInfo":{},"time":1764000000000}`;
const row = (name: string, more = ''): string => `{"coin":"${name}","walletBalance":"0.1"${more}}`;

describe('an answer beyond all measure', () => {
  test('with ten times as many coins as an exchange lists is read to the last of them', async () => {
    const rows = Array.from({ length: COINS }, (_, at) => row(`C${at}`)).join(',');
    const found = (await walletsFor(coins(rows))) as { balances: { asset: string }[] }[];
    expect(found[0]?.balances).toHaveLength(COINS);
    expect(found[0]?.balances.at(-1)?.asset).toBe(`C${COINS - 1}`);
  });

  test.each([
    [
      'with a million coins',
      () => coins(Array.from({ length: MILLION }, (_, at) => row(`C${at}`)).join(',')),
    ],
    ['of 100 MB', () => coins(`${row('BTC')}${' '.repeat(100 * MILLION)}`)],
    ['with a text of 20 MB of escapes', () => coins(row('\\n'.repeat(10 * MILLION)))],
    [
      'nested a hundred thousand times',
      () => coins(row('A', `,"x":${'['.repeat(LEVELS)}${']'.repeat(LEVELS)}`)),
    ],
    ['with a million wrong rows', () => coins(Array.from({ length: MILLION }, () => '1').join(','))],
  ])('%s is no reading of the wallet', async (_title, body) => {
    const found = await walletsFor(body());
    if (found instanceof ExpectedError) expect(found.kind).toBe('guard');
    else expect(found).toContainEqual(expect.objectContaining({ wallet: 'UNIFIED', status: 'unreadable' }));
  });
});
