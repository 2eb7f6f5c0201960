import { existsSync } from 'node:fs';
import { schemaState } from '../database/migrate.js';
import type { Database } from '../database/with-database.js';
import { ExpectedError } from '../errors.js';
import type { AccountId } from '../models/account.js';
import type { AccountPortfolio } from '../models/portfolio.js';
import type { DatabaseSettings } from '../models/settings.js';
import { fetchPortfolio } from '../repository/portfolio.js';

export type OpenDatabase = <T>(fn: (database: Database) => Promise<T>) => Promise<T>;

/**
 * The stored portfolio of the accounts named, or of all. Throws 'nothing-to-show' before the first
 * sync and 'config' where the schema does not fit; it never migrates and never makes a database.
 */
export async function showPortfolio(
  settings: DatabaseSettings,
  accounts: readonly AccountId[],
  open: OpenDatabase,
): Promise<readonly AccountPortfolio[]> {
  if (settings.kind === 'embedded' && !existsSync(settings.directory)) throw nothing(accounts);
  const portfolio = await open((database) =>
    database.run(async (sql) => {
      const state = await schemaState(sql);
      if (state === 'missing') throw nothing(accounts);
      if (state !== 'current') throw misfit(state);
      return await fetchPortfolio(sql, accounts.length > 0 ? accounts : undefined);
    }),
  );
  if (portfolio.length === 0) throw nothing(accounts);
  return portfolio;
}

function nothing(accounts: readonly AccountId[]): ExpectedError {
  const options = accounts.map((account) => ` -e ${account}`).join('');
  const whose = accounts.length > 0 ? ` of ${accounts.join(', ')}` : '';
  return new ExpectedError('nothing-to-show', `there is no portfolio${whose} in the database yet`, {
    fix: `Run a sync first: exchange-sync sync${options}`,
  });
}

export const misfit = (state: 'older' | 'newer'): ExpectedError =>
  state === 'older'
    ? new ExpectedError('config', 'the database has an older schema than this program', {
        fix: 'The next exchange-sync sync brings it up to date.',
      })
    : new ExpectedError('config', 'the database has a newer schema than this program', {
        fix: 'Update exchange-sync to the version that wrote it.',
      });
