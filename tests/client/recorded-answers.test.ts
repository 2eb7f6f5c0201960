import { describe, expect, test } from '@jest/globals';
import { BINANCE_ANSWERS as CASES, binanceReaders } from './recorded.js';

describe('what Binance really answered', () => {
  test.each(CASES)('$name is read: $source', ({ read, body }) => {
    const rows = read(body);
    expect(rows).toEqual(expect.any(Array));
  });

  test('is there for every endpoint that the client asks', () => {
    expect([...new Set(CASES.map(({ name }) => name))].sort()).toEqual([...binanceReaders.keys()].sort());
  });

  test('an order id beyond 2^53 keeps its digits', () => {
    const flow = CASES.find(({ name }) => name.endsWith('/convert/tradeFlow'));
    expect(flow?.read(flow.body)).toMatchObject([{ id: '940708407462087195', market: 'USDT/BNB' }]);
  });
});
