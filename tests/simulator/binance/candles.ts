import { Decimal } from '../decimal.js';
import type { World } from '../world.js';
import { limitOf, listedSymbols, mandatory, whole } from './parameters.js';
import { BinanceError, marketPrice, padded, type Params } from './wire.js';

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const INTERVALS = '1s 1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 3d'.split(' ');
const WEEK_MS = 7 * 86_400_000;
/** The first Monday of the epoch. */
const MONDAY_MS = 4 * 86_400_000;

type Opening = (time: number, candlesLater: number) => number;

/** Ascending: the oldest from startTime on, or the latest. */
export function candles(world: World, params: Params): unknown[][] {
  const symbol = mandatory(params, 'symbol');
  listedSymbols(world, params);
  const opening = openingOf(mandatory(params, 'interval'));
  const limit = limitOf(params, 500, 1000);
  const end = Math.min(whole(params, 'endTime') ?? Infinity, world.now());
  const start = whole(params, 'startTime');
  const latest = opening(end, 0);
  const first =
    start === undefined ? opening(end, 1 - limit) : opening(start, opening(start, 0) < start ? 1 : 0);
  const rows: unknown[][] = [];
  for (let time = first; time <= latest && rows.length < limit; time = opening(time, 1))
    if (world.hasOpened(symbol, opening(time, 1))) rows.push(candle(world, symbol, time, opening(time, 1)));
  return rows;
}

/** When the candle opens that contains the time, or one some candles later. */
function openingOf(interval: string): Opening {
  if (interval === '1M') return openingOfMonth;
  if (interval === '1w')
    return (time, later) => time - ((((time - MONDAY_MS) % WEEK_MS) + WEEK_MS) % WEEK_MS) + later * WEEK_MS;
  if (!INTERVALS.includes(interval)) throw new BinanceError(-1120, 'Invalid interval.');
  const step = Number.parseInt(interval, 10) * (UNITS[interval.slice(-1)] ?? Number.NaN);
  return (time, later) => time - (time % step) + later * step;
}

function openingOfMonth(time: number, later: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later);
}

function candle(world: World, symbol: string, from: number, to: number): unknown[] {
  const open = marketPrice(world, symbol, from);
  const close = marketPrice(world, symbol, Math.min(to - 1, world.now()));
  const volume = '47.66737000';
  const quoteVolume = padded(close.times(volume).toDecimalPlaces(8));
  return [
    from,
    padded(open),
    padded(Decimal.max(open, close)),
    padded(Decimal.min(open, close)),
    padded(close),
    volume,
    to - 1,
    quoteVolume,
    617,
    volume,
    quoteVolume,
    '0',
  ];
}
