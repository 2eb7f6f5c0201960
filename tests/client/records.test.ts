import { describe, expect, test } from '@jest/globals';
import { readAgain, readRecords } from '../../src/client/record-list.js';
import { executions } from '../../src/client/bybit/records.js';

const GOOD = {
  symbol: 'BTCUSDT',
  execId: '1',
  side: 'Buy',
  execQty: '1',
  execPrice: '2',
  execValue: '2',
  execTime: '1764000000000',
};
const beside = { markets: new Map(), answeredAt: '' };
const read = (...records: readonly object[]) =>
  readRecords(records, 'an execution', (record) => executions(record, beside));

const PAIR = { ...GOOD, symbol: 'BTCAED' };
const SHAPE = { ...GOOD, side: 'Swap' };
const VALUE = { ...GOOD, execQty: 'NaN' };
const LONG = { ...GOOD, execId: 'x'.repeat(301) };

describe('records of one page', () => {
  test.each([
    ['an unknown pair alone', [PAIR], 0],
    ['two unknown pairs', [PAIR, { ...PAIR, execId: '2' }], 0],
    ['an unknown word alone', [SHAPE], 0],
    ['an unknown word beside a trade', [GOOD, SHAPE], 1],
    ['an impossible number beside a trade', [GOOD, VALUE], 1],
    ['a name beyond any length beside a trade', [LONG, GOOD], 1],
    ['no object beside a trade', [GOOD, []], 1],
  ])('%s is kept unread', (_title, records, count) => {
    const { events, unread } = read(...records);
    expect([events.length, unread.length]).toEqual([count, records.length - count]);
    expect(records).toContain(unread[0]?.raw);
  });

  test.each([
    ['an impossible number alone', [VALUE], 'NaN'],
    ['impossible numbers and unknown pairs alone', [PAIR, VALUE], 'NaN'],
    ['two unknown words alone', [SHAPE, SHAPE], 'invalid record'],
    ['a name beyond any length alone', [LONG], 'longer than 300'],
  ])('%s: the answer is refused', (_title, records, words) => {
    expect(() => read(...records)).toThrow(words);
  });

  test('that were kept are never a reason to refuse anything', () => {
    const again = readAgain([VALUE, SHAPE, GOOD], 'trades', (record) => executions(record, beside));
    expect([again.events.length, again.unread.length]).toEqual([1, 2]);
  });

  test('have the time that one of their fields is, and the same hash each time', () => {
    const [first, again] = [read(PAIR).unread[0], read({ ...PAIR }).unread[0]];
    expect(first).toMatchObject({ time: 1_764_000_000_000, hash: again?.hash });
    expect(read({ ...PAIR, execTime: '' }).unread[0]?.time).toBeUndefined();
  });
});
