import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RequestFailure } from '../../src/client/answer.js';
import { parseExactJson } from '../../src/client/exact-json.js';
import { classify, explainFailure } from '../../src/client/failures.js';
import { ExpectedError } from '../../src/errors.js';
import type { Account } from '../../src/models/account.js';
import { Decimal } from '../../src/models/decimal.js';
import { changed, garbled, mutationOf, type Way } from './mutations.js';
import { BINANCE_ANSWERS, BYBIT_ANSWERS, type RecordedAnswer } from './recorded.js';

/** The same shape again teaches nothing. */
const CASES = [...BINANCE_ANSWERS, ...BYBIT_ANSWERS].filter(
  ({ name }, at, all) => all.findIndex((other) => other.name === name) === at,
);
const LONGEST_MS = 4_000;
const AMOUNT_DIGITS = 2_500;

const ACCOUNT: Account = {
  id: 'bybit',
  exchange: 'bybit',
  credentials: { apiKey: 'k', secret: 's' },
  environment: 'live',
};

type Outcome = { readonly rows: readonly unknown[] } | { readonly refused: unknown };

/** As the transport and the requester read a body that came with HTTP 200. */
function outcomeOf({ spec, read }: RecordedAnswer, text: string): Outcome {
  let answer: unknown;
  try {
    answer = parseExactJson(text);
  } catch (refused) {
    return { refused };
  }
  if (typeof answer !== 'object' || answer === null) return { refused: 'no object' };
  const told = spec.errors.errorIn(answer);
  if (told) {
    const failure = new RequestFailure('x', told);
    return {
      refused: explainFailure(
        failure,
        classify(failure, spec.errors, () => []),
        spec,
        ACCOUNT,
        {
          offset: 0,
          endpoint: undefined,
        },
      ),
    };
  }
  try {
    return { rows: read(answer) as readonly unknown[] };
  } catch (refused) {
    // Anything else would end the run as a bug.
    if (refused instanceof ExpectedError || refused instanceof RequestFailure) return { refused };
    throw refused;
  }
}

const STATUSES = new Set(['pending', 'done', 'failed']);
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** What is wrong with a part of a reading; the exchange's own record is stored as JSON. */
function wrongWith(value: unknown, key = ''): string[] {
  if (key === 'raw')
    return UNSTORABLE.test(JSON.stringify(value).replace(/\\u(0000|d[89a-f])/g, '\0')) ? [key] : [];
  if (key === 'status') return STATUSES.has(String(value)) ? [] : [key];
  if (value instanceof Decimal) return value.toString().length < AMOUNT_DIGITS ? [] : [`${key}: digits`];
  if (typeof value === 'number') return /^\d{4}-/.test(new Date(value).toISOString()) ? [] : [`${key}: time`];
  if (typeof value === 'string') return UNSTORABLE.test(value) ? [`${key}: text`] : [];
  if (typeof value === 'function') return [`${key}: function`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) => wrongWith(child, name));
}

function expectSound(rows: readonly unknown[]): void {
  expect(wrongWith(rows)).toEqual([]);
  expect([...Object.keys(Object.prototype), Object.hasOwn(Object.prototype, 'polluted')]).toEqual([false]);
}

/** The way to the record that a change is in: the innermost list's, where the lists are those of records. */
const recordOf = (way: Way): Way => way.slice(0, way.findIndex((key) => typeof key === 'number') + 1);

const words = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(row));

/** The first few records: more of them are no other case. */
function shortened(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(shortened).slice(0, typeof body[0] === 'object' ? 3 : Infinity);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([key, child]) => [key, shortened(child)]));
}

describe.each(CASES)('$spec.title $name', (recorded) => {
  const body = shortened(recorded.body);

  test('read as it is, and all but the record that was changed, or refused', () => {
    const others = new Map<string, readonly string[]>();
    const truthWithout = (record: Way): readonly string[] => {
      const key = JSON.stringify(record);
      const known = others.get(key);
      if (known) return known;
      const outcome = outcomeOf(recorded, JSON.stringify(changed(body, record, () => undefined)));
      const rows = 'rows' in outcome ? words(outcome.rows) : [];
      others.set(key, rows);
      return rows;
    };
    fc.assert(
      fc.property(mutationOf(body), ({ way, text }) => {
        const startedAt = performance.now();
        const outcome = outcomeOf(recorded, text);
        expect(performance.now() - startedAt).toBeLessThan(LONGEST_MS);
        if (!('rows' in outcome)) return;
        expectSound(outcome.rows);
        const record = recordOf(way);
        if (record.length > 0 && way.length > record.length) {
          const read = new Set(words(outcome.rows));
          expect(truthWithout(record).filter((row) => !read.has(row))).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('with bytes changed is read or refused', () => {
    fc.assert(
      fc.property(garbled(JSON.stringify(body)), (text) => {
        const outcome = outcomeOf(recorded, text);
        if ('rows' in outcome) expectSound(outcome.rows);
      }),
      { numRuns: 50 },
    );
  });
});
