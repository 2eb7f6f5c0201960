import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ExchangeClient, KeyRights } from '../../src/client/exchange-client.js';
import { PartFailure } from '../../src/client/part-failure.js';
import { ExpectedError } from '../../src/errors.js';
import type { Part, PartStatus, StoredGap } from '../../src/models/coverage.js';
import { KnownParts } from '../../src/service/known-parts.js';
import { Parts } from '../../src/service/parts.js';

const NOW = Date.UTC(2026, 5, 1);
const DAY_MS = 86_400_000;
const READ = { wasRead: true, affects: true };
const NEVER_READ = { wasRead: false, affects: true };

/** What the exchange answers to each question of the run. */
const answers: { host: boolean; rights: KeyRights | undefined | Error; main: Error | undefined } = {
  host: true,
  rights: undefined,
  main: undefined,
};
let asked: string[];
let cached: Map<string, unknown>;

beforeEach(() => {
  Object.assign(answers, { host: true, rights: undefined, main: undefined });
  asked = [];
  cached = new Map();
});

const client = {
  answers: () => {
    asked.push('host');
    return Promise.resolve(answers.host);
  },
  readKeyRights: () => {
    asked.push('rights');
    return answers.rights instanceof Error ? Promise.reject(answers.rights) : Promise.resolve(answers.rights);
  },
  probeKey: () => {
    asked.push('main');
    return answers.main ? Promise.reject(answers.main) : Promise.resolve();
  },
  isOffered: (stream: string) => stream !== 'trades:OLDUSDT',
} as unknown as ExchangeClient;

const cache = {
  get: (kind: string) => cached.get(kind),
  set: (kind: string, value: unknown) => void cached.set(kind, value),
  last: () => undefined,
  isNew: () => false,
};

const parts = (
  gaps: readonly StoredGap[] = [],
  { place = 'host key', now = Date.now(), fresh = false } = {},
) =>
  new Parts({
    client,
    key: { hash: 'key', rights: undefined, fresh, accountId: undefined },
    known: new KnownParts(cache, place, now),
    gaps,
    signal: new AbortController().signal,
    redact: (text) => text,
  });

const failure = (status: PartStatus, transient = false) =>
  new PartFailure(status === 'refused' ? 'credentials' : 'exchange-unavailable', `it is ${status}`, {
    status,
    transient,
    fix: 'fix it',
  });

const gap = (part: Part, since: number, status: PartStatus = 'refused'): StoredGap => ({
  part,
  status,
  reason: 'before',
  fix: undefined,
  affects: true,
  since,
});

describe('a part that is refused', () => {
  test('is noted if the key is good, which is asked for once', async () => {
    const run = parts();
    await run.contain('stream:converts', failure('refused'), NEVER_READ);
    await run.contain('stream:dust', failure('refused'), NEVER_READ);
    expect(asked).toEqual(['rights', 'main']);
    expect(run.missing()).toMatchObject([
      { part: 'stream:converts', status: 'refused', affects: true, reason: 'it is refused', fix: 'fix it' },
      { part: 'stream:dust' },
    ]);
  });

  test('ends the account if the key is refused for its main wallet too', async () => {
    const error = failure('refused');
    Object.assign(answers, { rights: failure('refused'), main: failure('refused') });
    await expect(parts().contain('stream:converts', error, NEVER_READ)).rejects.toBe(error);
  });

  test('ends the account with what its key information says', async () => {
    const expired = new ExpectedError('credentials', 'expired');
    Object.assign(answers, { rights: expired });
    await expect(parts().contain('stream:converts', failure('refused'), READ)).rejects.toBe(expired);
  });

  test('costs no request if the key was accepted in this run', async () => {
    await parts([], { fresh: true }).contain('stream:converts', failure('refused'), READ);
    expect(asked).toEqual([]);
  });

  test('is asked for in the next run', async () => {
    await parts().contain('stream:converts', failure('refused'), NEVER_READ);
    expect(parts().wants('stream:converts')).toBe(true);
  });
});

describe('a part that the exchange does not offer', () => {
  test('affects no figure, and is not asked for again for a day, by the same host and key', async () => {
    const run = parts();
    await run.contain('stream:income', failure('unavailable'), NEVER_READ);
    expect(run.missing()).toMatchObject([{ status: 'unavailable', affects: false }]);
    expect(parts().wants('stream:income')).toBe(false);
    expect(parts([], { now: Date.now() + DAY_MS + 1 }).wants('stream:income')).toBe(true);
    expect(parts([], { place: 'other host' }).wants('stream:income')).toBe(true);
  });

  test('has failed if it could be read before', async () => {
    const run = parts();
    await run.contain('stream:income', failure('unavailable'), READ);
    expect(run.missing()).toMatchObject([{ status: 'failed', affects: true }]);
    expect(parts().wants('stream:income')).toBe(true);
  });
});

describe('a part that fails', () => {
  test('ends the account if the host does not answer at all', async () => {
    answers.host = false;
    const error = failure('failed', true);
    await expect(parts().contain('stream:trades', error, READ)).rejects.toBe(error);
  });

  test('costs itself, twice; the third time the exchange counts as down', async () => {
    const run = parts();
    await run.contain('stream:trades', failure('failed', true), READ);
    await run.contain('stream:deposits', failure('failed', true), READ);
    const third = failure('failed', true);
    await expect(run.contain('stream:withdrawals', third, READ)).rejects.toBe(third);
    expect(asked).toEqual(['host']);
  });

  test('for good, in a market that is only swept, is looked at again after a day', async () => {
    const run = parts();
    await run.contain('stream:trades:XYZ', failure('failed'), { wasRead: true, affects: false });
    expect(run.missing()).toMatchObject([{ affects: false }]);
    expect(parts().wants('stream:trades:XYZ')).toBe(false);
    expect(parts().wants('stream:trades:BTCUSDT')).toBe(true);
  });

  test.each([
    ['guard', new ExpectedError('guard', 'impossible')],
    ['bug', new Error('bug')],
  ])('with a %s is no matter of the part', async (_kind, error) => {
    await expect(parts().contain('stream:trades', error, READ)).rejects.toBe(error);
  });
});

describe('what is stored', () => {
  test('keeps what this run had no reason to ask for, and since when something is missing', async () => {
    const run = parts([gap('stream:converts', 1), gap('stream:dust', 2), gap('wallet:FUND', 3)]);
    expect(run.wants('stream:converts')).toBe(true);
    await run.contain('stream:converts', failure('refused'), NEVER_READ);
    expect(run.wants('wallet:FUND')).toBe(true);
    run.note({ part: 'stream:trades', status: 'failed', reason: 'new', fix: undefined, affects: true }, true);
    expect(run.gaps(NOW).map(({ part, since }) => [part, since])).toEqual([
      ['stream:dust', 2],
      ['stream:converts', 1],
      ['stream:trades', NOW],
    ]);
  });

  test('leaves out a market that is not listed any more', () => {
    const run = parts([gap('stream:trades:OLDUSDT', 1), gap('stream:trades:BTCUSDT', 2)]);
    expect(run.gaps(NOW).map(({ part }) => part)).toEqual(['stream:trades:BTCUSDT']);
  });

  test('begins anew if a part is missing for another reason', () => {
    const run = parts([gap('wallet:FUND', 3)]);
    run.note({ part: 'wallet:FUND', status: 'failed', reason: 'new', fix: undefined, affects: true }, true);
    expect(run.gaps(NOW)).toMatchObject([{ status: 'failed', since: NOW }]);
  });
});
