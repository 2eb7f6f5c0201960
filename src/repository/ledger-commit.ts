import type { Sql } from '../database/with-database.js';
import type { LedgerCommit } from './ledger-rows.js';
import type { Fragment } from './columns.js';
import {
  CARRIED_COSTS,
  DAILY_RESULTS,
  MISSING_ACQUISITIONS,
  POOLS,
  TRANSFER_RESOLUTIONS,
  UNVALUED_EVENTS,
} from './ledger-tables.js';
import { replacedRows } from './saved-rows.js';
import type { Table } from './table.js';
import { isoTime } from './times.js';

/**
 * The parts of an account's commit that its ledger makes; they need `lease` and the saved events before them.
 * Everything after the checkpoint that the update started from is replaced. Its time is a parameter: the planner
 * knows nothing of one that comes out of the document, and would read the whole table.
 */
export const savedLedger = (sql: Sql, ledger: LedgerCommit) => sql`
  ledger as (
    select lease.account, lease.doc -> 'ledger' as doc from lease
  ),
  ${replacedRows(sql, POOLS)},
  ${replacedRows(sql, DAILY_RESULTS, {
    remove: sql`old.day >= (${afterOf(ledger)}::text::timestamptz at time zone 'UTC')::date`,
  })}`;

/** What the ledger found, and the states from which it can continue. */
export const savedFindings = (sql: Sql, ledger: LedgerCommit) => sql`
  ${replacedSince(sql, MISSING_ACQUISITIONS, ledger)},
  ${replacedSince(sql, UNVALUED_EVENTS, ledger)},
  ${replacedSince(sql, CARRIED_COSTS, ledger)},
  ${replacedRows(sql, TRANSFER_RESOLUTIONS)},
  newest_arrival as (
    select max(arrival) as arrival from (
      select arrival from saved_events union all select (ledger.doc ->> 'arrival')::bigint from ledger
    ) as arrivals
  ),
  saved_checkpoints as (
    insert into exchange_sync.checkpoints (account, time, arrival, settings, state)
    select ledger.account, checkpoint.time, newest_arrival.arrival, ledger.doc ->> 'settings', checkpoint.state
      from newest_arrival, ledger, lease,
           jsonb_to_recordset(lease.doc -> 'checkpoints') as checkpoint(time timestamptz, state jsonb)
    on conflict (account, time) do update
       set arrival = excluded.arrival, settings = excluded.settings, state = excluded.state
  ),
  dropped_checkpoints as (
    -- The flag keeps a run in which nothing happened from reading the table.
    delete from exchange_sync.checkpoints c
     where ${ledger.dropped.length > 0}::boolean and c.account = (select account from ledger)
       and c.time in (select jsonb_array_elements_text(ledger.doc -> 'dropped')::timestamptz from ledger)
  )`;

const replacedSince = (sql: Sql, table: Table<object>, ledger: LedgerCommit): Fragment =>
  replacedRows(sql, table, { remove: sql`old.time > ${afterOf(ledger)}::text::timestamptz` });

const afterOf = ({ after }: LedgerCommit): string => (after === undefined ? '-infinity' : isoTime(after));
