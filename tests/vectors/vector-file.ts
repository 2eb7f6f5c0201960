import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { type Decimal, parseDecimal } from '../../src/models/decimal.js';

export const FORMAT = 'cost-basis-vectors/1';

/** What is wrong with a file of vectors, in one sentence. */
export class InvalidFile extends Error {}

const amount = v.pipe(
  v.string(),
  v.rawTransform<string, Decimal>(({ dataset, addIssue, NEVER }) => {
    try {
      return parseDecimal(dataset.value);
    } catch {
      addIssue({ message: `not a decimal string: "${dataset.value}"` });
      return NEVER;
    }
  }),
);
const time = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'not a time'),
  v.transform((text) => Date.parse(text)),
);
const fees = v.optional(v.array(v.object({ currency: v.string(), amount })), []);
const head = { id: v.string(), time, account: v.optional(v.string(), 'main') };
const coins = { ...head, asset: v.string(), amount };

const event = v.variant('type', [
  v.object({
    ...head,
    type: v.picklist(['trade', 'convert', 'dust']),
    side: v.picklist(['buy', 'sell']),
    base: v.string(),
    quote: v.string(),
    amount,
    price: v.nullish(amount),
    quote_amount: v.nullish(amount),
    fees,
  }),
  v.object({ ...coins, type: v.literal('opening'), cost: amount }),
  v.object({ ...coins, type: v.literal('income'), value: v.nullish(amount) }),
  v.object({ ...coins, type: v.literal('deposit'), cost: v.nullish(amount), value: v.nullish(amount) }),
  v.object({ ...coins, type: v.literal('withdrawal'), fees }),
  v.object({
    ...coins,
    type: v.literal('transfer'),
    from: v.string(),
    to: v.string(),
    received: v.nullish(amount),
    fees,
  }),
]);

/** Figures stay as they are written: how many digits are published counts. */
const figures = v.record(v.string(), v.unknown());
const steps = v.optional(v.array(v.looseObject({ after: v.string(), asset: v.optional(v.string()) })), []);
const expected = v.looseObject({
  asset: v.optional(v.string()),
  steps,
  steps_multi: steps,
  per_account: v.optional(v.record(v.string(), v.looseObject({ asset: v.optional(v.string()) })), {}),
  final: v.optional(figures, {}),
  cumulative_cost_price: v.optional(v.looseObject({ after: v.string() })),
  cases: v.optional(
    v.array(
      v.object({
        legs: v.array(v.tuple([amount, amount])),
        qty: v.string(),
        avg: v.string(),
        note: v.optional(v.string()),
      }),
    ),
    [],
  ),
});

const vector = v.object({
  id: v.string(),
  title: v.optional(v.string(), ''),
  kind: v.optional(v.picklist(['netting_cases', 'fee_conversion'])),
  method: v.picklist(['moving_average', 'fifo', 'lifo', 'hifo', 'n/a']),
  fee_mode: v.string(),
  reporting_currency: v.string(),
  events: v.array(event),
  expected,
  spec_expected: v.optional(expected),
  matches_recommended_spec: v.boolean(),
  prices: v.optional(v.array(v.object({ time, asset: v.string(), price: amount })), []),
  fee_currency_is_cash: v.optional(v.array(v.string()), []),
  oversell: v.optional(v.literal('zero_cost_clamp')),
  valuation_leg: v.optional(v.picklist(['out', 'in', 'base', 'quote'])),
  fees: v.optional(v.array(v.tuple([amount, v.string()])), []),
  rates: v.optional(v.record(v.string(), amount), {}),
});

const file = v.object({
  format: v.literal(FORMAT),
  vectors: v.pipe(v.array(vector), v.minLength(1, 'no cases')),
});

export type Vector = v.InferOutput<typeof vector>;
export type VectorEvent = v.InferOutput<typeof event>;
export type Expected = v.InferOutput<typeof expected>;

/** Every case of a file; throws InvalidFile with the first thing that is wrong. */
export function readVectors(path: string): readonly Vector[] {
  const parsed = v.safeParse(file, readJson(path));
  if (parsed.success) return parsed.output.vectors;
  const [issue] = parsed.issues;
  throw new InvalidFile(`${path}: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidFile(`${path} cannot be read as JSON: ${reason}`, { cause });
  }
}
