import type { Row } from '../simulator/account.js';
import { type Decimal, ZERO } from '../simulator/decimal.js';
import type { Transfer } from '../simulator/events.js';
import type { Story } from './story.js';
import type { Journey, Trader } from './trader.js';

interface Head {
  readonly trader: Trader;
  readonly time: number;
  /** What comes in, what is exchanged, what is charged, what goes out. */
  readonly rank: 0 | 1 | 2 | 3;
  readonly serial: number;
}

export interface Exchanged extends Head {
  readonly kind: 'exchanged';
  readonly base: string;
  readonly quote: string;
  readonly buys: boolean;
  readonly amount: Decimal;
  readonly value: Decimal;
  readonly feeAsset: string;
  readonly fee: Decimal;
}

export interface Moved extends Head {
  readonly kind: 'arrived' | 'earned' | 'left';
  readonly asset: string;
  readonly amount: Decimal;
  readonly fee: Decimal;
  /** Of what goes from one account to the other: names the journey. */
  readonly journey: Row | undefined;
}

export type Fact = Exchanged | Moved;

/** What happened to all accounts of a story since a time, in its order, from the exchange's own memory. */
export function factsOf({ traders, journeys }: Story, since: number): Fact[] {
  const arrivals = new Map(journeys.map(({ deposit, withdrawal }) => [deposit, withdrawal]));
  const beginnings = new Map(journeys.map((journey) => [journey.withdrawal, journey]));
  return traders
    .flatMap((trader) => [
      ...exchangesOf(trader),
      ...arrivalsOf(trader, arrivals),
      ...departuresOf(trader, beginnings),
    ])
    .filter(({ time }) => time >= since)
    .sort((a, b) => a.time - b.time || a.rank - b.rank || a.serial - b.serial);
}

function exchangesOf(trader: Trader): Exchanged[] {
  const { account, world } = trader;
  const head = { trader, kind: 'exchanged', rank: 1 } as const;
  const fills = account.executions.map(({ time, serial, symbol, side, amount, value, feeAsset, fee }) => {
    const market = world.markets.get(symbol);
    if (!market) throw new Error(`no market ${symbol}`);
    const { base, quote } = market;
    return { ...head, time, serial, base, quote, buys: side === 'Buy', amount, value, feeAsset, fee };
  });
  const conversions = account.conversions
    .filter(({ status }) => status === 'SUCCESS')
    .map(({ time, serial, from, fromAmount, to, toAmount }) => ({
      ...head,
      ...{ time, serial, base: from, quote: to, buys: false, amount: fromAmount, value: toAmount },
      ...{ feeAsset: to, fee: ZERO },
    }));
  const swept = account.sweeps.flatMap(({ time, serial, parts }) =>
    parts.map(({ asset, amount, gross, charge }) => ({
      ...head,
      ...{ time, serial, base: asset, quote: 'BNB', buys: false, amount, value: gross },
      ...{ feeAsset: 'BNB', fee: charge },
    })),
  );
  return [...fills, ...conversions, ...swept];
}

function arrivalsOf(trader: Trader, journeys: ReadonlyMap<Row, Row>): Moved[] {
  const { account } = trader;
  const head = { trader, rank: 0, fee: ZERO } as const;
  const deposits = account.deposits
    .filter(({ state }) => state === 'done' || state === 'credited')
    .map(({ time, serial, asset, amount, row }) => ({
      ...head,
      ...{ kind: 'arrived' as const, time, serial, asset, amount, journey: journeys.get(row) },
    }));
  const internal = account.internalDeposits
    .filter(({ state }) => state === 'done')
    .map(({ time, serial, asset, amount }) => ({
      ...head,
      ...{ kind: 'arrived' as const, time: toSecond(time), serial, asset, amount, journey: undefined },
    }));
  const earned = account.dividends.map(({ time, serial, asset, amount }) => ({
    ...head,
    ...{ rank: amount.isNegative() ? (2 as const) : (0 as const), kind: 'earned' as const },
    ...{ time, serial, asset, amount, journey: undefined },
  }));
  return [...deposits, ...internal, ...earned];
}

/** Where clocks differ, what left did so just before it arrived. */
function departuresOf(trader: Trader, journeys: ReadonlyMap<Row, Journey>): Moved[] {
  return trader.account.withdrawals.filter(hasLeft).map(({ time, serial, asset, amount, fee, row }) => {
    const journey = journeys.get(row);
    const told = trader.isBinance ? toSecond(time) : time;
    const at = journey ? Math.min(told, journey.arrivesAt - 1) : told;
    return { trader, kind: 'left', rank: 3, time: at, serial, asset, amount, fee, journey: journey && row };
  });
}

const hasLeft = ({ state }: Transfer): boolean =>
  state !== 'failed' && state !== 'cancelled' && state !== 'rejected';

/** Some of an exchange's times are to the second. */
const toSecond = (time: number): number => time - (time % 1000);
