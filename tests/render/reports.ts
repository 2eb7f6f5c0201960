import type { Bridges } from '../../src/models/bridge.js';
import { parseDecimal, ZERO } from '../../src/models/decimal.js';
import type { Snapshot, ValuePoint } from '../../src/models/history.js';
import { type Holding, NO_PRICE } from '../../src/models/holdings.js';
import type { AccountPortfolio } from '../../src/models/portfolio.js';
import type { Part, Report } from '../../src/models/report.js';
import { account, ASSETS, bridges, NOW } from './bridges.js';

export { NOW };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface HoldingTexts {
  readonly price?: string;
  readonly route?: readonly string[];
  readonly pricedAt?: number;
  /** The quantity whose cost is known, and the cost. */
  readonly cost?: readonly [known: string, cost: string];
}

export function holding(asset: string, quantity: string, texts: HoldingTexts = {}): Holding {
  const { price, route = [`${asset}/USDT`], pricedAt = NOW, cost: [known, cost] = ['0', '0'] } = texts;
  const knownQuantity = parseDecimal(known);
  return {
    asset,
    quantity: parseDecimal(quantity),
    price: price === undefined ? NO_PRICE : { known: true, price: parseDecimal(price), route, pricedAt },
    cost: {
      knownQuantity,
      cost: parseDecimal(cost),
      averageEntry: knownQuantity.isZero() ? undefined : parseDecimal(cost).div(knownQuantity),
    },
  };
}

/** A bit of everything: a peg, a detour, an old price, a cost known in part, one estimated, none at all. */
export const HOLDINGS: readonly Holding[] = [
  holding('BTC', '0.4058', { price: '66120.4', cost: ['0.4058', '22351.57'] }),
  holding('USDT', '30746.3166858', { price: '1', route: ['peg'], cost: ['30746', '30746'] }),
  holding('ETH', '1.996', { price: '3188.62', cost: ['1.996', '7574.61'] }),
  holding('SOL', '32.5', { price: '151.07', cost: ['20', '2800'] }),
  holding('MNT', '781.80031625', {
    price: '0.73361558',
    route: ['MNT/BTC', 'BTC/USDT'],
    pricedAt: NOW - 2 * DAY_MS,
    cost: ['781.80031625', '477.7'],
  }),
  holding('GIFT', '1000'),
];

export const portfolio = (name: string, more: Partial<AccountPortfolio> = {}): AccountPortfolio => ({
  account: name,
  lastSuccess: NOW - 180_000,
  lastFailure: undefined,
  wallets: [{ wallet: 'UNIFIED', readAt: NOW - 180_000, failure: undefined }],
  holdings: HOLDINGS,
  lastPrices: new Map([['GIFT', { price: parseDecimal('0.12'), time: NOW - 3 * DAY_MS }]]),
  estimated: new Map([['SOL', parseDecimal('12.5')]]),
  realized: parseDecimal('2040.76'),
  missingAcquisitions: [],
  differences: [],
  totals: undefined,
  gaps: [],
  hasKey: undefined,
  ...more,
});

/** A value every six hours over 30 days that wanders and rises, with a gap of three days and a partial reading. */
export const POINTS: readonly ValuePoint[] = Array.from({ length: 121 }, (_, at) => at)
  .filter((at) => at < 52 || at > 64)
  .map((at) => ({
    time: NOW - (120 - at) * 6 * HOUR_MS,
    value: parseDecimal(
      String(61_000 + 90 * at + Math.round(1_900 * Math.sin(at / 7) + 700 * Math.sin(at * 1.7))),
    ),
    complete: at !== 90,
    accounts: ['bybit'],
    unpriced: ['GIFT'],
    joined: at !== 0 && at !== 65 && at !== 90,
  }));

/** Of the last eight days, every six hours. */
export const recentOf = (name: string): readonly Snapshot[] =>
  POINTS.slice(-33).map(({ time, value, complete, unpriced }, at) => ({
    account: name,
    runId: String(at),
    takenAt: time,
    complete,
    value,
    unpriced,
    netFlowsSince: ZERO,
  }));

const known = <T>(content: T): Part<T> => ({ known: true, content });

export function report(names: readonly string[] = ['bybit'], more: Partial<Report> = {}): Report {
  const series = { points: POINTS, gaps: [{ from: POINTS[51]?.time ?? 0, to: POINTS[52]?.time ?? 0 }] };
  const several = names.length > 1;
  return {
    now: NOW,
    portfolio: {
      accounts: names.map((name) => portfolio(name)),
      recent: names.flatMap(recentOf),
      rate: undefined,
    },
    historySpan: 30 * DAY_MS,
    history: known({
      from: NOW - 30 * DAY_MS,
      to: NOW,
      asset: undefined,
      accounts: names.map((name) => ({ account: name, series })),
      total: several ? series : undefined,
      absent: [],
    }),
    bridgeSpan: DAY_MS,
    bridges: known<Bridges>(bridges(names.map((name) => account(ASSETS, { account: name })))),
    ...more,
  };
}

export const OPTIONS = {
  privacy: false,
  currency: 'USD',
  staleAfterMs: 3_900_000,
  sort: 'value',
  group: 'account',
} as const;
