import type { Sql } from '../database/with-database.js';
import type { AccountId } from '../models/account.js';
import type { Cursor, Stream } from '../models/events.js';
import { msOf } from './times.js';

export async function fetchCursors(sql: Sql, account: AccountId): Promise<Cursor[]> {
  const rows = await sql<CursorRow[]>`
    select stream, complete_until, window_from, window_to, page from exchange_sync.cursors where account = ${account}`;
  return rows.map(({ stream, complete_until, window_from, window_to, page }) => ({
    stream,
    completeUntil: msOf(complete_until),
    window:
      window_from && window_to && page !== null
        ? { from: msOf(window_from), to: msOf(window_to), page }
        : undefined,
  }));
}

/** Times (ms) of deposits and withdrawals that are still under way. */
export async function fetchOpenTransfers(sql: Sql, account: AccountId): Promise<TransferTime[]> {
  const rows = await sql<TransferTimeRow[]>`
    select type, time from exchange_sync.events
     where account = ${account} and type in ('deposit', 'withdrawal') and status = 'pending'`;
  return rows.map(transferTimeOf);
}

/** The oldest deposit and withdrawal of the last 30 days that arrived; what was taken back since is read again. */
export async function fetchFinalTransfers(sql: Sql, account: AccountId): Promise<TransferTime[]> {
  const rows = await sql<TransferTimeRow[]>`
    select type, min(time) as time from exchange_sync.events
     where account = ${account} and type in ('deposit', 'withdrawal') and status = 'done'
       and time > now() - interval '30 days' group by type`;
  return rows.map(transferTimeOf);
}

export interface TransferTime {
  readonly type: 'deposit' | 'withdrawal';
  readonly time: number;
}

interface TransferTimeRow {
  readonly type: TransferTime['type'];
  readonly time: Date;
}

const transferTimeOf = ({ type, time }: TransferTimeRow): TransferTime => ({ type, time: msOf(time) });

interface CursorRow {
  readonly stream: Stream;
  readonly complete_until: Date;
  readonly window_from: Date | null;
  readonly window_to: Date | null;
  readonly page: string | null;
}
