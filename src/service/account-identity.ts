import type { ExchangeClient } from '../client/exchange-client.js';
import { PartFailure } from '../client/part-failure.js';
import { ExpectedError } from '../errors.js';
import type { Account } from '../models/account.js';
import { type AccountIdentity, fetchOtherName, saveIdentity } from '../repository/accounts.js';
import type { StoredAccount } from './account-state.js';
import type { KeyState } from './key-rights.js';
import { readStored, type SyncContext } from './sync-context.js';

/**
 * Compares the account of the exchange that the key belongs to with the one that is stored under this name,
 * before anything is read; throws 'config' if they differ, or if it is stored under another name. The id is
 * requested only if the key differs from the one of the last comparison: a key never changes its account.
 */
export async function verifyIdentity(
  context: SyncContext,
  account: Account,
  client: ExchangeClient,
  { stored, key }: { readonly stored: StoredAccount; readonly key: KeyState },
): Promise<void> {
  const { id, exchange, environment } = account;
  // The identity that a failed first sync stored must not refuse the right key.
  const known = isEmpty(stored) ? undefined : stored.identity;
  if (known && known.environment !== environment) throw otherEnvironment(account, known);
  if (known?.keyHash === key.hash) return;
  const exchangeAccountId = key.accountId ?? (await accountIdOf(client));
  const identity = { account: id, exchange, environment, exchangeAccountId, keyHash: key.hash };
  if (differs(known?.exchangeAccountId, exchangeAccountId)) throw otherAccount(id, known, exchangeAccountId);
  const other = await readStored(context, undefined, async (sql) => {
    const before = await fetchOtherName(sql, identity);
    if (before !== undefined || context.dryRun) return before;
    await saveIdentity(sql, identity);
    return await fetchOtherName(sql, identity);
  });
  if (other !== undefined) throw otherName(id, other);
}

const isEmpty = ({ cursors, holdings, walletBalances }: StoredAccount): boolean =>
  cursors.length === 0 && holdings.length === 0 && walletBalances.length === 0;

const differs = (known: string | undefined, now: string | undefined): boolean =>
  known !== undefined && now !== undefined && known !== now;

/** Undefined if the host does not report it; then only the environment is compared. */
async function accountIdOf(client: ExchangeClient): Promise<string | undefined> {
  try {
    return await client.readAccountId();
  } catch (error) {
    if (error instanceof PartFailure && error.status !== 'failed') return undefined;
    throw error;
  }
}

const otherEnvironment = ({ id, environment }: Account, known: AccountIdentity): ExpectedError =>
  new ExpectedError(
    'config',
    `${id} is a ${environment} account now, but its records are of ${known.environment}`,
    {
      fix: `Nothing was written. Undo the change of ${prefixOf(id)}_TESTNET or ${prefixOf(id)}_DEMO, or give the other account a name of its own: ${ownName(id)}`,
    },
  );

const otherAccount = (
  id: string,
  known: AccountIdentity | undefined,
  now: string | undefined,
): ExpectedError =>
  new ExpectedError(
    'config',
    `the key of ${id} belongs to another account (${now ?? 'unknown'}) than its records (${known?.exchangeAccountId ?? 'unknown'})`,
    {
      fix: `Nothing was written. Set the key of the former account, or give this one a name of its own: ${ownName(id)} To delete the former records: exchange-sync account remove ${id}`,
    },
  );

const otherName = (id: string, other: string): ExpectedError =>
  new ExpectedError('config', `${id} is the same account of the exchange as ${other}: it would count twice`, {
    fix: `Nothing was written. If it was renamed: exchange-sync account rename ${other} ${id}; otherwise remove the key of one of them.`,
  });

const prefixOf = (id: string): string => id.toUpperCase().replace('/', '_');

/** For example `bybit/main`, whose key is BYBIT_MAIN_API_KEY. */
const ownName = (id: string): string => {
  const [exchange = id] = id.split('/');
  return `${exchange}/NAME, with ${exchange.toUpperCase()}_NAME_API_KEY and ${exchange.toUpperCase()}_NAME_API_SECRET.`;
};
