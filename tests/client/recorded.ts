import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readName } from '../../src/client/endpoint.js';
import type { ExchangeSpec } from '../../src/client/exchange-spec.js';
import { EXCHANGES } from '../../src/client/exchanges.js';
import { pageIn } from '../../src/client/stream-pages.js';
import type { Asked, Page } from '../../src/client/stream-spec.js';
import { parseExactJson } from '../../src/client/exact-json.js';

/** An answer that an exchange really gave, and how the client reads it. */
export interface RecordedAnswer {
  readonly spec: ExchangeSpec;
  readonly name: string;
  readonly source: string;
  readonly read: (answer: unknown) => unknown;
  /** Everything that is read of the answer: also the places of pages, and what is read of it elsewhere. */
  readonly readings: (answer: unknown) => unknown;
  readonly body: unknown;
}

const SYMBOLS = ['BNBBTC', 'LTCBTC', 'BTCUSDT', 'ETHUSDT', 'LTCUSDT', 'XRPUSDT', 'ADAUSDT'];
const asked: Asked = {
  from: 0,
  to: Date.now(),
  page: undefined,
  market: 'BTCUSDT',
  markets: new Map(SYMBOLS.map((id) => [id, { id, base: id.slice(0, 3), quote: id.slice(3), listed: true }])),
};

/** How the client reads the answer of an endpoint; each gives the rows. */
function readersOf(spec: ExchangeSpec): ReadonlyMap<string, RecordedAnswer['read']> {
  const { wallets, streams, markets, tickers, candles, time, keyRights } = spec;
  return new Map<string, RecordedAnswer['read']>([
    ...wallets.map(({ endpoint, balancesOf }) => [readName(endpoint), balancesOf] as const),
    ...Object.values(streams)
      .filter((read) => read !== undefined)
      .map(
        (read) => [readName(read.endpoint), (answer: unknown) => pageIn(read, answer, asked).events] as const,
      ),
    [readName(markets.endpoint), markets.marketsOf],
    [readName(tickers.endpoint), (answer) => [...tickers.pricesOf(answer).prices]],
    [readName(candles.endpoint), candles.candlesOf],
    [readName(time.endpoint), (answer) => [time.timeOf(answer)]],
    ...keyRights
      .slice(0, 1)
      .map(
        ({ endpoint, rightsOf }) => [readName(endpoint), (answer: unknown) => [rightsOf(answer)]] as const,
      ),
  ]);
}

/** Everything that is read of an answer, by its endpoint. */
function readingsOf(spec: ExchangeSpec): ReadonlyMap<string, RecordedAnswer['readings']> {
  const { wallets, streams, keyRights, accountId } = spec;
  const late: Asked = { ...asked, from: Date.UTC(2025, 0, 1), page: '2' };
  const whole = ({ events, unread, openSince, next, cutOff }: Page) => [
    events,
    unread,
    openSince,
    next,
    cutOff,
  ];
  return new Map<string, RecordedAnswer['readings']>([
    ...readersOf(spec),
    ...wallets.map(
      ({ endpoint, balancesOf, productsOf }) =>
        [readName(endpoint), (answer: unknown) => [balancesOf(answer), productsOf?.(answer)]] as const,
    ),
    ...Object.values(streams)
      .filter((stream) => stream !== undefined)
      .map(
        (stream) =>
          [
            readName(stream.endpoint),
            (answer: unknown) => [asked, late].map((one) => whole(pageIn(stream, answer, one))),
          ] as const,
      ),
    ...keyRights
      .slice(0, 1)
      .map(
        ({ endpoint, rightsOf }) =>
          [
            readName(endpoint),
            (answer: unknown) => [
              rightsOf(answer),
              endpoint.path === accountId.endpoint.path ? accountId.idOf(answer) : undefined,
            ],
          ] as const,
      ),
  ]);
}

const fixture = (name: string): unknown =>
  parseExactJson(readFileSync(join(process.cwd(), `tests/fixtures/${name}-responses.json`), 'utf8'));

function specOf(name: string): ExchangeSpec {
  const spec = EXCHANGES[name];
  if (!spec) throw new Error(`no spec of ${name}`);
  return spec;
}

const binance = specOf('binance');
const bybit = specOf('bybit');

/** What the client asks of Binance. */
export const binanceReaders = readersOf(binance);
const binanceReadings = readingsOf(binance);

interface Row {
  readonly source: string;
  readonly endpoint?: string;
  /** As all numbers of an exact reading. */
  readonly status?: string;
  readonly note?: string;
  readonly body?: unknown;
}

/** Whole answers; where a body is a row alone, it is left out by its note. */
const isWhole = ({ status = '200', note = '', body }: Row): boolean =>
  status === '200' && body !== undefined && !/row (only|of list)|one row/.test(note);

const TICKERS = readName(binance.tickers.endpoint);

export const BINANCE_ANSWERS: readonly RecordedAnswer[] = Object.entries(
  fixture('binance') as Readonly<Record<string, readonly Row[]>>,
).flatMap(([name, rows]) => {
  const read = binanceReaders.get(name);
  const readings = binanceReadings.get(name);
  if (!read || !readings) return [];
  return rows.filter(isWhole).map(({ source, body }) => {
    // Recorded of one market, which is a row of the list.
    const whole = name === TICKERS && !Array.isArray(body) ? [body] : body;
    return { spec: binance, name, source, read, readings, body: whole };
  });
});

const { answers } = fixture('bybit') as { readonly answers: Readonly<Record<string, Row>> };
const bybitReaders = readersOf(bybit);
const bybitReadings = readingsOf(bybit);

export const BYBIT_ANSWERS: readonly RecordedAnswer[] = Object.entries(answers).flatMap(([source, row]) => {
  const [name = ''] = (row.endpoint ?? '').split('?');
  const read = bybitReaders.get(name);
  const readings = bybitReadings.get(name);
  return read && readings ? [{ spec: bybit, name, source, read, readings, body: row.body }] : [];
});
