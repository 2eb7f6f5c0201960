import { searchCoverage } from '../../client/coverage.js';
import { hostOf } from '../../models/account.js';
import { fetchCursors } from '../../repository/account-state.js';
import { fetchCache } from '../../repository/exchange-cache.js';
import { type InspectStored, nameFor, result } from './check.js';

/** How many markets were searched, for an exchange that lists trades per market only. */
export const inspectMarkets: InspectStored = async (sql, account) => {
  const cache = await fetchCache(sql, hostOf(account));
  const kept = { get: (kind: string) => cache.get(kind)?.value };
  const coverage = searchCoverage(account, kept, await fetchCursors(sql, account.id));
  if (!coverage) return undefined;
  const { lookedAt, markets } = coverage;
  const name = nameFor('markets', account.id);
  const performance = { looked: `${lookedAt};;;0;${markets}` };
  const message = `${lookedAt} of ${markets} markets have been searched for trades`;
  const rest = lookedAt < markets ? '; every sync searches some more' : '';
  return result(name, 'ok', message + rest, { performance });
};
