import type { Sql } from '../database/with-database.js';
import { ExpectedError } from '../errors.js';
import type { AccountId, Environment } from '../models/account.js';

/** The exchange's account that a name refers to. */
export interface AccountIdentity {
  readonly account: AccountId;
  readonly exchange: string;
  readonly environment: Environment;
  /** The exchange's own id; undefined if it reports none. */
  readonly exchangeAccountId: string | undefined;
  /** SHA-256 of the API key with which the id was last compared, hex. */
  readonly keyHash: string;
}

interface IdentityRow {
  readonly account: string;
  readonly exchange: string;
  readonly environment: Environment;
  readonly exchange_account_id: string | null;
  readonly key_hash: string;
}

const identityOf = (row: IdentityRow): AccountIdentity => ({
  account: row.account,
  exchange: row.exchange,
  environment: row.environment,
  exchangeAccountId: row.exchange_account_id ?? undefined,
  keyHash: row.key_hash,
});

export async function fetchIdentity(sql: Sql, account: AccountId): Promise<AccountIdentity | undefined> {
  const [row] = await sql<IdentityRow[]>`
    select account, exchange, environment, exchange_account_id, key_hash
      from exchange_sync.accounts where account = ${account}`;
  return row && identityOf(row);
}

/** The name under which the same account of the exchange is known already, if that is another one. */
export async function fetchOtherName(sql: Sql, identity: AccountIdentity): Promise<AccountId | undefined> {
  const { account, exchange, environment, exchangeAccountId = null } = identity;
  const [row] = await sql<{ account: string }[]>`
    select account from exchange_sync.accounts
     where exchange = ${exchange} and environment = ${environment}
       and exchange_account_id = ${exchangeAccountId} and account <> ${account}`;
  return row?.account;
}

/**
 * Stores the identity, unless another name has it: two runs at once cannot both have it. An id that was
 * stored before stays if the exchange reports none now.
 */
export async function saveIdentity(sql: Sql, identity: AccountIdentity): Promise<void> {
  const { account, exchange, environment, exchangeAccountId = null, keyHash } = identity;
  await sql`
    insert into exchange_sync.accounts (account, exchange, environment, exchange_account_id, key_hash)
    values (${account}, ${exchange}, ${environment}, ${exchangeAccountId}, ${keyHash})
    on conflict do nothing`;
  await sql`
    update exchange_sync.accounts a
       set environment = ${environment}, key_hash = ${keyHash},
           exchange_account_id = coalesce(${exchangeAccountId}, a.exchange_account_id)
     where account = ${account} and not exists (
       select from exchange_sync.accounts o
        where o.exchange = ${exchange} and o.environment = ${environment}
          and o.exchange_account_id = ${exchangeAccountId} and o.account <> ${account})`;
}

/** What the database's functions raise if they refuse. */
const RAISED = 'P0001';

/** Renames an account in every table; throws 'config' if a name is unknown, used or of another exchange. */
export async function renameAccount(sql: Sql, from: AccountId, to: AccountId): Promise<void> {
  await raising(`${from} cannot be renamed`, () => sql`select exchange_sync.rename_account(${from}, ${to})`);
}

/** Deletes everything that is stored of an account; throws 'config' if there is none or a sync is running. */
export async function removeAccount(sql: Sql, account: AccountId): Promise<void> {
  await raising(`${account} cannot be removed`, () => sql`select exchange_sync.remove_account(${account})`);
}

async function raising(what: string, run: () => PromiseLike<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: string };
    if (code !== RAISED) throw error;
    throw new ExpectedError('config', `${what}: ${message ?? ''}`, {
      fix: 'Nothing was changed. The accounts that are stored: exchange-sync show',
    });
  }
}
