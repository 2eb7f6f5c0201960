import type { Sql } from '../database/with-database.js';
import type { BooksCommit } from './books-rows.js';
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
export const savedBooks = (sql: Sql, books: BooksCommit) => sql`
  books as (
    select lease.account, lease.doc -> 'books' as doc from lease
  ),
  ${replacedRows(sql, POOLS)},
  ${replacedRows(sql, DAILY_RESULTS, {
    remove: sql`old.day >= (${afterOf(books)}::text::timestamptz at time zone 'UTC')::date`,
  })}`;

/** What the ledger found, and the states from which it can continue. */
export const savedFindings = (sql: Sql, books: BooksCommit) => sql`
  ${replacedSince(sql, MISSING_ACQUISITIONS, books)},
  ${replacedSince(sql, UNVALUED_EVENTS, books)},
  ${replacedSince(sql, CARRIED_COSTS, books)},
  ${replacedRows(sql, TRANSFER_RESOLUTIONS)},
  newest_arrival as (
    select max(arrival) as arrival from (
      select arrival from saved_events union all select (books.doc ->> 'arrival')::bigint from books
    ) as arrivals
  ),
  saved_checkpoints as (
    insert into exchange_sync.checkpoints (account, time, arrival, settings, state)
    select books.account, checkpoint.time, newest_arrival.arrival, books.doc ->> 'settings', checkpoint.state
      from newest_arrival, books, lease,
           jsonb_to_recordset(lease.doc -> 'checkpoints') as checkpoint(time timestamptz, state jsonb)
    on conflict (account, time) do update
       set arrival = excluded.arrival, settings = excluded.settings, state = excluded.state
  ),
  dropped_checkpoints as (
    -- The flag keeps a run in which nothing happened from reading the table.
    delete from exchange_sync.checkpoints c
     where ${books.dropped.length > 0}::boolean and c.account = (select account from books)
       and c.time in (select jsonb_array_elements_text(books.doc -> 'dropped')::timestamptz from books)
  )`;

const replacedSince = (sql: Sql, table: Table<object>, books: BooksCommit): Fragment =>
  replacedRows(sql, table, { remove: sql`old.time > ${afterOf(books)}::text::timestamptz` });

const afterOf = ({ after }: BooksCommit): string => (after === undefined ? '-infinity' : isoTime(after));
