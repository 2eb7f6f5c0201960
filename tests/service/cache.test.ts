import { expect, test } from '@jest/globals';
import { RequestFailure } from '../../src/client/answer.js';
import { createBans } from '../../src/client/bans.js';
import { openCache } from '../../src/service/cache.js';

const MINUTE_MS = 60_000;

test('a ban of which a run is told late is kept to its end for the next run', () => {
  const now = Date.now();
  const late = openCache(new Map(), now - 10 * MINUTE_MS);
  const failure = new RequestFailure('HTTP 418', { bannedUntil: now + 2 * MINUTE_MS });
  createBans('Binance', late, Date.now).note(failure);
  const nextBegins = now + MINUTE_MS;
  const bans = createBans('Binance', openCache(late.added, nextBegins), () => nextBegins);
  expect(bans.refuse).toThrow(/Binance has banned this IP address until/);
});
