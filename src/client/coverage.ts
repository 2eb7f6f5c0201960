import type { Account } from '../models/account.js';
import type { Cursor } from '../models/events.js';
import type { ClientCache } from './exchange-client.js';
import { EXCHANGES } from './exchanges.js';
import { keptMarkets } from './markets.js';
import { type Coverage, marketCoverage, streamsWhen } from './search.js';

/**
 * How far the search for an account's markets has come, from what earlier runs have stored; undefined
 * if the exchange lists the trades of all markets at once, or if its markets are not known yet.
 */
export function searchCoverage(
  { exchange, environment }: Pick<Account, 'exchange' | 'environment'>,
  cache: Pick<ClientCache, 'get'>,
  cursors: readonly Cursor[],
): Coverage | undefined {
  const spec = EXCHANGES[exchange];
  const [stream] = spec ? streamsWhen(spec, 'by-market', environment) : [];
  const markets = keptMarkets(cache);
  return stream && markets && marketCoverage(stream, markets, cursors);
}
