import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import { msOf } from './times.js';

export interface LeaseRequest {
  readonly account: AccountId;
  readonly runId: string;
  /** For the message that the other run prints: `host:pid`. */
  readonly holder: string;
  readonly ttlMs: number;
  /** No other program can have the database open: the holder of a remaining lease is dead. */
  readonly alone?: boolean;
}

export type Lease =
  { readonly taken: true } | { readonly taken: false; readonly holder: string; readonly acquiredAt: number };

/** Takes the account's lease where it is free or expired, by the database's clock, in one statement. */
export async function takeLease(sql: Sql, request: LeaseRequest): Promise<Lease> {
  const { account, runId, holder, ttlMs, alone = false } = request;
  const taken = await sql`
    insert into exchange_sync.leases as lease (account, run_id, holder, acquired_at, expires_at)
    values (${account}, ${runId}, ${holder}, now(), now() + ${ttlMs} * interval '1 millisecond')
    on conflict (account) do update
       set run_id = excluded.run_id, holder = excluded.holder,
           acquired_at = excluded.acquired_at, expires_at = excluded.expires_at
     where lease.expires_at <= now() or ${alone}
    returning account`;
  if (taken.length > 0) return { taken: true };
  const [other] = await sql<{ holder: string; acquired_at: Date }[]>`
    select holder, acquired_at from exchange_sync.leases where account = ${account}`;
  // Released between the two statements: its holder is gone.
  if (!other) return await takeLease(sql, request);
  return { taken: false, holder: other.holder, acquiredAt: msOf(other.acquired_at) };
}

export interface HeldLease {
  readonly holder: string;
  /** ms since 1970 */
  readonly acquiredAt: number;
  /** By the database's clock; its run died. */
  readonly expired: boolean;
}

/** The holder of the account's lease; undefined if there is none. */
export async function fetchLease(sql: Sql, account: AccountId): Promise<HeldLease | undefined> {
  const [lease] = await sql<{ holder: string; acquired_at: Date; expired: boolean }[]>`
    select holder, acquired_at, expires_at <= now() as expired from exchange_sync.leases where account = ${account}`;
  return lease && { holder: lease.holder, acquiredAt: msOf(lease.acquired_at), expired: lease.expired };
}

export async function extendLease(sql: Sql, { account, runId, ttlMs }: LeaseRequest): Promise<void> {
  await sql`
    update exchange_sync.leases set expires_at = now() + ${ttlMs} * interval '1 millisecond'
     where account = ${account} and run_id = ${runId}`;
}

export async function releaseLease(sql: Sql, account: AccountId, runId: string): Promise<void> {
  await sql`delete from exchange_sync.leases where account = ${account} and run_id = ${runId}`;
}
