import { type Decimal, parseDecimal, ZERO } from '../../src/models/decimal.js';
import {
  exactly,
  fieldsOf,
  type Figure,
  type Figures,
  notUnderstood,
  quotient,
  rounded,
  within,
} from './figures.js';
import { forexPart } from './forex.js';
import { judgeFees, judgeNetting } from './other-kinds.js';
import { acquisitionCost, aroundEvent, type Snapshot, snapshotOf } from './snapshots.js';
import type { Expected, Vector } from './vector-file.js';
import { replayVector } from './vector-replay.js';

/** Every figure of a case against ours. What the spec expects holds where its source does otherwise. */
export function judgeVector(vector: Vector): readonly Figure[] {
  if (vector.kind === 'netting_cases') return judgeNetting(vector);
  if (vector.kind === 'fee_conversion') return judgeFees(vector);
  const ours = !vector.matches_recommended_spec && vector.spec_expected;
  if (!ours) return judgeExpected(vector, vector.expected);
  return judgeExpected({ ...vector, fee_mode: 'capitalize' }, { asset: vector.expected.asset, ...ours });
}

function judgeExpected(vector: Vector, expected: Expected): readonly Figure[] {
  const { asset = '*', steps, steps_multi: more, per_account: accounts, final, ...rest } = expected;
  const { cumulative_cost_price: breakEven, ...others } = rest;
  return [
    ...[...steps, ...more].flatMap((step) => judgeStep(vector, step.asset ?? asset, step)),
    ...Object.entries(accounts).flatMap(([account, figures]) =>
      judgeAccount(vector, account, figures.asset ?? asset, figures),
    ),
    ...Object.entries(final).map(([name, figure]) => judgeFinal(vector, expected, name, figure)),
    ...(breakEven ? judgeBreakEven(vector, asset, breakEven) : []),
    ...Object.entries(others).flatMap(([name, figure]) => judgeOther(vector, expected, name, figure)),
  ];
}

type Reading = (after: Snapshot, before: Snapshot) => Decimal;

const READINGS: Readonly<Record<string, Reading>> = {
  qty: ({ quantity }) => quantity,
  cost: ({ cost }) => cost,
  avg: ({ cost, quantity }) => quotient(cost, quantity),
  avg_ex_fee: ({ grossCost, quantity }) => quotient(grossCost, quantity),
  gross_cost: ({ grossCost }) => grossCost,
  realized_event: (after, before) => after.realized.minus(before.realized),
  cumulative_realized: ({ realized }) => realized,
  cost_of_disposal: (after, before) => before.cost.minus(after.cost),
};

/** What a step says besides its figures. */
const WORDS = new Set(['after', 'asset', 'account', 'note', 'notes']);

function judgeStep(vector: Vector, asset: string, step: Figures & { readonly after: string }): Figure[] {
  const account = typeof step['account'] === 'string' ? step['account'] : undefined;
  const around = aroundEvent(vector, step.after, asset, account);
  const title = `${asset} after ${step.after}`;
  if (!around) return [notUnderstood(title, step)];
  return judgeFigures(title, step, around.after, around.before);
}

function judgeAccount(vector: Vector, account: string, asset: string, figures: Figures): Figure[] {
  const snapshot = snapshotOf(vector, replayVector(vector), asset, account);
  return judgeFigures(`${asset} of ${account}`, figures, snapshot, snapshot);
}

function judgeFigures(title: string, figures: Figures, after: Snapshot, before: Snapshot): Figure[] {
  return Object.entries(figures)
    .filter(([name]) => !WORDS.has(name))
    .flatMap(([key, figure]) => {
      const [name, reading] = [`${title}: ${key}`, READINGS[key]];
      if (reading) return exactly(name, figure, reading(after, before));
      if (key === 'missing') return judgeMissing(name, figure, after, before);
      if (key === 'unrealized') return judgeUnrealized(name, figure, after);
      return notUnderstood(name, figure);
    });
}

function judgeMissing(name: string, figure: unknown, after: Snapshot, before: Snapshot): Figure[] {
  const { found, missing } = fieldsOf(figure);
  const [gap] = after.missing.slice(before.missing.length);
  return [exactly(`${name} found`, found, gap?.found), exactly(`${name} missing`, missing, gap?.missing)];
}

function judgeUnrealized(name: string, figure: unknown, after: Snapshot): Figure {
  const { price, price_quote: quoted, fx, value, tolerance } = fieldsOf(figure);
  const market = price === undefined ? decimal(quoted).times(decimal(fx)) : decimal(price);
  const actual = unrealized(after, market);
  return tolerance === undefined ? exactly(name, value, actual) : within(name, value, actual, tolerance);
}

function judgeFinal(vector: Vector, expected: Expected, name: string, figure: unknown): Figure {
  const asset = expected.asset ?? '*';
  const { realized } = snapshotOf(vector, replayVector(vector), asset);
  const title = `final ${name}`;
  if (name === 'realized_total') return exactly(title, figure, realized);
  if (name === 'profit_ratio') {
    return rounded(title, figure, quotient(realized, acquisitionCost(vector, asset)));
  }
  if (name.startsWith('gross_performance')) {
    return exactly(title, figure, realized.plus(lastUnrealized(vector, expected)));
  }
  return notUnderstood(title, figure);
}

/** At the last price that the case's steps name. */
function lastUnrealized(vector: Vector, { asset = '*', steps }: Expected): Decimal {
  const step = steps.findLast((item) => item['unrealized'] !== undefined);
  const around = step && aroundEvent(vector, step.after, asset);
  return around ? unrealized(around.after, decimal(fieldsOf(step['unrealized'])['price'])) : ZERO;
}

/** What the held coins must bring so that all that was ever paid comes back. */
function judgeBreakEven(
  vector: Vector,
  asset: string,
  { after: id, price, ...totals }: Figures & { readonly after: string },
): Figure[] {
  const after = aroundEvent(vector, id, asset)?.after;
  const breakEven = after && quotient(after.cost.minus(after.realized), after.quantity);
  return [
    exactly('cumulative_cost_price', price, breakEven),
    ...Object.entries(totals).flatMap(([name, figure]) => {
      if (WORDS.has(name)) return [];
      const [, market] = /^pnl_total_at_(.+)$/.exec(name) ?? [];
      if (market === undefined) return notUnderstood(name, figure);
      return exactly(name, figure, after && unrealized(after, decimal(market)).plus(after.realized));
    }),
  ];
}

function judgeOther(vector: Vector, expected: Expected, name: string, figure: unknown): Figure[] {
  if (name === 'cases') return [];
  if (name === 'forex_part_of_realized' || name === 'forex_part_of_unrealized') {
    return [rounded(name, figure, forexPart(vector, expected, name))];
  }
  return [notUnderstood(name, figure)];
}

const unrealized = ({ quantity, cost }: Snapshot, price: Decimal): Decimal =>
  quantity.times(price).minus(cost);

const decimal = (figure: unknown): Decimal => parseDecimal(typeof figure === 'string' ? figure : '');
