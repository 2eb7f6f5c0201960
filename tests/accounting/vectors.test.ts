import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountingSettings } from '../../src/accounting/settings.js';
import { type Decimal, parseDecimal } from '../../src/models/decimal.js';
import type { Trade } from '../../src/models/events.js';
import type { Pool } from '../../src/models/pool.js';
import { replayed, trade } from './histories.js';

interface VectorEvent {
  readonly id: string;
  readonly side: 'buy' | 'sell';
  readonly base: string;
  readonly quote: string;
  readonly amount: string;
  readonly price?: string;
  readonly quote_amount?: string;
  readonly fees: readonly { readonly currency: string; readonly amount: string }[];
}

type Figures = Readonly<
  Partial<
    Record<
      'qty' | 'cost' | 'avg' | 'avg_ex_fee' | 'gross_cost' | 'realized_event' | 'cumulative_realized',
      string
    >
  >
>;

interface Vector {
  readonly id: string;
  readonly reporting_currency: string;
  readonly oversell?: string;
  readonly events: readonly VectorEvent[];
  readonly expected: {
    readonly asset: string;
    readonly steps: readonly ({ readonly after: string } & Figures)[];
  };
}

/** Cases of the moving average over trades; the others need what the engine does not have yet. */
const COVERED = [
  'rotki-acb-11-steps',
  'acb-ca-basic',
  'freqtrade-dca-1',
  'freqtrade-dca-2-fee',
  'freqtrade-dca-3-fee',
  'freqtrade-dca-4',
  'hmrc-crypto22251',
  'okx-spot-cost-price',
  'bingx-spot-cost-price',
  'pp-rounding-to-zero',
  'ghostfolio-btcusd-partial',
  'hledger-average-12',
];

const { vectors } = JSON.parse(readFileSync(join(process.cwd(), 'tests/fixtures/vectors.json'), 'utf8')) as {
  vectors: readonly Vector[];
};

describe('public cases with figures', () => {
  test.each(COVERED)('%s comes out as published', (id) => {
    const vector = vectors.find((candidate) => candidate.id === id);
    if (!vector) throw new Error(`no vector ${id}`);
    const trades = vector.events.map((event, index) => tradeOf(event, index));
    const settings: AccountingSettings = {
      reportingCurrency: vector.reporting_currency,
      stablecoins: new Set(),
    };
    let before = parseDecimal('0');
    for (const { after, ...figures } of vector.expected.steps) {
      const upTo = trades.slice(0, trades.findIndex((item) => item.id === after) + 1);
      const pool = replayed({ trades: upTo, settings }).pools.get(vector.expected.asset);
      if (!pool) throw new Error(`no pool after ${after}`);
      // The case's own rule for oversold coins is that their whole proceeds are gain.
      const gap = vector.oversell === 'zero_cost_clamp' ? pool.unmatchedProceeds : parseDecimal('0');
      const realized = pool.realized.trade.plus(gap);
      compare(`${id} after ${after}`, figures, actualOf(pool, realized, before));
      before = realized;
    }
  });
});

function tradeOf(event: VectorEvent, index: number): Trade {
  const value =
    event.quote_amount ??
    parseDecimal(event.amount)
      .times(event.price ?? '0')
      .toFixed();
  const [fee] = event.fees;
  return trade({
    ...event,
    time: index,
    value,
    ...(fee ? { fee: [fee.currency, fee.amount] as const } : {}),
  });
}

const actualOf = (pool: Pool, realized: Decimal, before: Decimal): Partial<Record<keyof Figures, Decimal>> => ({
  qty: pool.quantity,
  cost: pool.cost,
  ...(pool.quantity.isZero()
    ? {}
    : { avg: pool.cost.div(pool.quantity), avg_ex_fee: pool.grossCost.div(pool.quantity) }),
  gross_cost: pool.grossCost,
  realized_event: realized.minus(before),
  cumulative_realized: realized,
});

/** To every digit that was published. */
function compare(title: string, figures: Figures, actual: Partial<Record<keyof Figures, Decimal>>): void {
  for (const [name, published] of Object.entries(figures)) {
    const figure = actual[name as keyof Figures];
    if (figure === undefined || typeof published !== 'string') continue;
    const decimals = published.split('.')[1]?.length ?? 0;
    expect(`${title} ${name} ${figure.toFixed(decimals)}`).toBe(`${title} ${name} ${published}`);
  }
}
