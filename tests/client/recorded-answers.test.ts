import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readName } from '../../src/client/endpoint.js';
import { type ExchangeTraits, TRAITS } from '../../src/client/exchange-traits.js';
import type { Asked } from '../../src/client/stream-traits.js';
import { parseExactJson } from '../../src/client/transport.js';

interface Recorded {
  readonly source: string;
  /** As all numbers of an exact reading. */
  readonly status?: string;
  readonly body: unknown;
}

/** Whole answers as the exchange gave them; where a body is a row alone, it is left out by its note. */
const RECORDED = Object.entries(
  parseExactJson(
    readFileSync(join(process.cwd(), 'tests/fixtures/binance-responses.json'), 'utf8'),
  ) as Readonly<Record<string, readonly (Recorded & { readonly note?: string })[]>>,
);

const SYMBOLS = ['BNBBTC', 'LTCBTC', 'BTCUSDT', 'ETHUSDT', 'LTCUSDT', 'XRPUSDT', 'ADAUSDT'];
const asked: Asked = {
  from: 0,
  to: Date.now(),
  page: undefined,
  market: 'BTCUSDT',
  markets: new Map(SYMBOLS.map((id) => [id, { id, base: id.slice(0, 3), quote: id.slice(3), listed: true }])),
};

/** How the client reads the answer of an endpoint; each gives the rows. */
function readersOf(traits: ExchangeTraits): ReadonlyMap<string, (answer: unknown) => unknown> {
  const { wallets, streams, markets, tickers, candles, time, keyRights } = traits;
  return new Map<string, (answer: unknown) => unknown>([
    ...wallets.map(({ endpoint, balancesOf }) => [readName(endpoint), balancesOf] as const),
    ...Object.values(streams)
      .filter((read) => read !== undefined)
      .map(
        (read) => [readName(read.endpoint), (answer: unknown) => read.pageOf(answer, asked).rows] as const,
      ),
    [readName(markets.endpoint), markets.marketsOf],
    // Recorded of one market, which is a row of the list.
    [readName(tickers.endpoint), (answer) => [...tickers.pricesOf([answer]).prices]],
    [readName(candles.endpoint), candles.candlesOf],
    [readName(time.endpoint), (answer) => [time.timeOf(answer)]],
    ...keyRights
      .slice(0, 1)
      .map(
        ({ endpoint, rightsOf }) => [readName(endpoint), (answer: unknown) => [rightsOf(answer)]] as const,
      ),
  ]);
}

const binance = TRAITS['binance'];
if (!binance) throw new Error('no traits');
const readers = readersOf(binance);
const CASES = RECORDED.flatMap(([name, answers]) => {
  const read = readers.get(name);
  if (!read) return [];
  return answers
    .filter(
      ({ status = '200', note = '', body }) =>
        status === '200' && body !== undefined && !/row (only|of list)|one row/.test(note),
    )
    .map(({ source, body }) => ({ name, source, read, body }));
});

describe('what Binance really answered', () => {
  test.each(CASES)('$name is read: $source', ({ read, body }) => {
    const rows = read(body);
    expect(rows).toEqual(expect.any(Array));
  });

  test('is there for every endpoint that the client asks', () => {
    expect([...new Set(CASES.map(({ name }) => name))].sort()).toEqual([...readers.keys()].sort());
  });

  test('an order id beyond 2^53 keeps its digits', () => {
    const flow = CASES.find(({ name }) => name.endsWith('/convert/tradeFlow'));
    expect(flow?.read(flow.body)).toMatchObject([{ id: '940708407462087195', symbol: 'USDT/BNB' }]);
  });
});
