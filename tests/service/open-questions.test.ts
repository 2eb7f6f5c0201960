import { expect, test } from '@jest/globals';
import type { EventStatus } from '../../src/models/account-event.js';
import { parseDecimal, toText } from '../../src/models/decimal.js';
import {
  askedAgain,
  askedFromTheBeginning,
  keepQuestions,
  openQuestions,
} from '../../src/service/open-questions.js';
import { comparePending } from '../../src/service/pending-events.js';
import { transfer } from '../accounting/histories.js';

/** A cache of one account, from run to run. */
function openCache() {
  const kept = new Map<string, unknown>();
  return {
    get: (kind: string) => kept.get(kind),
    set: (kind: string, value: unknown) => void kept.set(kind, value),
  };
}

const MINUTE_MS = 60_000;
/** Of the last run. */
let minutes = 0;

/** What a run asks about, after it could not explain these changes. */
function run(
  cache: ReturnType<typeof openCache>,
  unexplained: Readonly<Record<string, string>> = {},
  minute = (minutes += 40),
) {
  const changes = Object.entries(unexplained).map(([asset, text]) => [asset, parseDecimal(text)] as const);
  const questions = askedAgain(openQuestions(cache), new Map(changes), minute * MINUTE_MS);
  keepQuestions(cache, questions, minute * MINUTE_MS);
  return [...questions.keys()];
}

test('a change that nothing explains is asked about in four runs, and then no more', () => {
  const cache = openCache();
  expect(run(cache, { BTC: '0.5' })).toEqual(['BTC']);
  for (let more = 1; more < 4; more += 1) expect(run(cache)).toEqual(['BTC']);
  expect(run(cache)).toEqual([]);
});

test('a person who syncs many times in a minute does not end a question: it stays for two hours', () => {
  const cache = openCache();
  run(cache, { BTC: '0.5' }, 0);
  for (let more = 0; more < 9; more += 1) run(cache, {}, 1);
  expect(run(cache, {}, 119)).toEqual(['BTC']);
  expect(run(cache, {}, 120)).toEqual(['BTC']);
  expect(run(cache, {}, 121)).toEqual([]);
});

test('what an earlier version asked without a time ends after four runs', () => {
  const cache = openCache();
  cache.set('open-questions', { BTC: ['0.5', 3] });
  expect(run(cache)).toEqual(['BTC']);
  expect(run(cache)).toEqual([]);
});

test('a question waits for a machine that is off for a month, whose streams go on where they were left', () => {
  const lifetimes: number[] = [];
  const cache = {
    get: () => undefined,
    set: (_kind: string, _value: unknown, ms: number) => void lifetimes.push(ms),
  };
  keepQuestions(cache, askedAgain(new Map(), new Map([['BTC', parseDecimal('0.5')]]), 0), 0);
  expect(lifetimes[0]).toBeGreaterThan(31 * 86_400_000);
});

test('a record that comes after its coins is the answer', () => {
  const cache = openCache();
  run(cache, { BTC: '0.5', USDT: '-30000' });
  expect(run(cache, { BTC: '-0.5' })).toEqual(['USDT']);
  expect(run(cache, { USDT: '30000' })).toEqual([]);
  expect(run(cache)).toEqual([]);
});

test('a withdrawal that is done at last, or fails, is counted once', () => {
  const under = (status: EventStatus) =>
    transfer('withdrawal', 'BTC', '2', { id: '1', fee: ['BTC', '0.1'], status, time: 1 });
  const changesFrom = (before: EventStatus, after: EventStatus) => {
    const { changes } = comparePending([under(after)], [under(before)]);
    return toText(changes.get('BTC') ?? parseDecimal('0'));
  };
  expect(changesFrom('pending', 'done')).toBe('0');
  expect(changesFrom('pending', 'failed')).toBe('2.1');
});

test('what the books leave open from before is asked about like a change of now, and a record of it is the answer', () => {
  const cache = openCache();
  const asked = askedFromTheBeginning(
    new Map([['ETH', { amount: parseDecimal('1'), runs: 3, since: 0 }]]),
    [
      { asset: 'BTC', amount: parseDecimal('0.5') },
      { asset: 'ETH', amount: parseDecimal('-2') },
    ],
    (minutes += 40) * MINUTE_MS,
  );
  keepQuestions(cache, asked, minutes * MINUTE_MS);
  expect(run(cache, { BTC: '-0.5' })).toEqual(['ETH']);
  for (let more = 2; more < 4; more += 1) expect(run(cache)).toEqual(['ETH']);
  expect(run(cache)).toEqual(['ETH']);
  expect(run(cache)).toEqual([]);
});
