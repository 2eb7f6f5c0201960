import { Ledger } from '../../src/accounting/ledger.js';
import { sumOfLots } from '../../src/accounting/lot.js';
import { Trace } from '../../src/accounting/trace.js';
import { orderedSteps, type ReplayInput } from './replay.js';

/** The books of all accounts as `replay` keeps them, with an eye on one asset of each. */
export function watched({ accounts, settings, priceAt }: ReplayInput, asset: string, limit?: number) {
  const opened = new Map(
    [...accounts.keys()].map((account) => {
      const ledger = new Ledger(settings, priceAt);
      return [account, { ledger, trace: new Trace(ledger, asset, limit) }];
    }),
  );
  const transferredBy = (account: string, id: string) => opened.get(account)?.ledger.transferredCosts.get(id);
  for (const { account, open } of orderedSteps(accounts, settings, transferredBy)) {
    opened.get(account)?.trace.apply(open());
  }
  return [...opened].map(([account, { ledger, trace }]) => {
    const state = JSON.stringify(ledger.state());
    const pool = sumOfLots({ lots: ledger.pool(asset).state().lots });
    return { account, state, trace, pool, ...trace.end() };
  });
}
