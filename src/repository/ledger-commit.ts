import type { Sql } from '../database/with-database.js';
import type { LedgerCommit } from './ledger-rows.js';
import { isoTime } from './times.js';

/**
 * The parts of an account's commit that its books make; they need `lease` and the saved events before them.
 * All that lies after the checkpoint that was gone on from is replaced. Its time is a parameter: of one that
 * comes out of the document the planner knows nothing, and reads the whole table.
 */
export const savedLedger = (sql: Sql, ledger: LedgerCommit) => sql`
  ledger as (
    select lease.account, lease.doc -> 'ledger' as doc from lease
  ),
  pool as (
    select ledger.account, state.*
      from ledger, jsonb_to_recordset(ledger.doc -> 'pools') as state(
        asset text, cash boolean, quantity numeric, cost numeric, gross_cost numeric, unknown_quantity numeric,
        estimated_quantity numeric, estimated_cost numeric, realized_trade numeric, realized_fee numeric,
        realized_income numeric, realized_transfer_fee numeric, unmatched_proceeds numeric, fees_paid numeric,
        deposits numeric, withdrawals numeric, book_value numeric, unvalued_quantity numeric, gross_gain numeric,
        estimated_sold numeric, unvalued_moved numeric, missing numeric)
  ),
  saved_pools as (
    insert into exchange_sync.pools (
      account, asset, cash, quantity, cost, gross_cost, unknown_quantity, estimated_quantity, estimated_cost, realized_trade,
      realized_fee, realized_income, realized_transfer_fee, unmatched_proceeds, fees_paid, deposits, withdrawals,
      book_value, unvalued_quantity, gross_gain, estimated_sold, unvalued_moved, missing)
    select * from pool
    on conflict (account, asset) do update
       set cash = excluded.cash, quantity = excluded.quantity, cost = excluded.cost, gross_cost = excluded.gross_cost,
           unknown_quantity = excluded.unknown_quantity, estimated_quantity = excluded.estimated_quantity,
           estimated_cost = excluded.estimated_cost, realized_trade = excluded.realized_trade,
           realized_fee = excluded.realized_fee, realized_income = excluded.realized_income,
           realized_transfer_fee = excluded.realized_transfer_fee, unmatched_proceeds = excluded.unmatched_proceeds,
           fees_paid = excluded.fees_paid, deposits = excluded.deposits, withdrawals = excluded.withdrawals,
           book_value = excluded.book_value, unvalued_quantity = excluded.unvalued_quantity,
           gross_gain = excluded.gross_gain, estimated_sold = excluded.estimated_sold, unvalued_moved = excluded.unvalued_moved,
           missing = excluded.missing
  ),
  vanished_pools as (
    delete from exchange_sync.pools p using ledger
     where p.account = ledger.account and not exists (select from pool where pool.asset = p.asset)
  ),
  result as (
    select ledger.account, day_result.*
      from ledger, jsonb_to_recordset(ledger.doc -> 'days') as day_result(
        day date, asset text, realized_trade numeric, realized_fee numeric, realized_income numeric,
        realized_transfer_fee numeric, unmatched_proceeds numeric, fees_paid numeric, deposits numeric,
        withdrawals numeric, book_value numeric, unvalued_quantity numeric, gross_gain numeric, estimated_sold numeric,
        unvalued_moved numeric, missing numeric)
  ),
  saved_results as (
    insert into exchange_sync.daily_results (
      account, day, asset, realized_trade, realized_fee, realized_income, realized_transfer_fee, unmatched_proceeds,
      fees_paid, deposits, withdrawals, book_value, unvalued_quantity, gross_gain, estimated_sold, unvalued_moved, missing)
    select * from result
    on conflict (account, day, asset) do update
       set realized_trade = excluded.realized_trade, realized_fee = excluded.realized_fee,
           realized_income = excluded.realized_income, realized_transfer_fee = excluded.realized_transfer_fee,
           unmatched_proceeds = excluded.unmatched_proceeds, fees_paid = excluded.fees_paid, deposits = excluded.deposits,
           withdrawals = excluded.withdrawals, book_value = excluded.book_value,
           unvalued_quantity = excluded.unvalued_quantity, gross_gain = excluded.gross_gain,
           estimated_sold = excluded.estimated_sold, unvalued_moved = excluded.unvalued_moved,
           missing = excluded.missing
  ),
  vanished_results as (
    delete from exchange_sync.daily_results d
     where d.account = (select account from ledger) and d.day >= (${afterOf(ledger)}::text::timestamptz at time zone 'UTC')::date
       and not exists (select from result where result.day = d.day and result.asset = d.asset)
  )`;

/** What the books found on their way, and the states from which they can go on. */
export const savedFindings = (sql: Sql, ledger: LedgerCommit) => sql`
  gap as (
    select ledger.account, found_gap.*
      from ledger, jsonb_to_recordset(ledger.doc -> 'missing') as found_gap(
        event text, asset text, time timestamptz, found numeric, missing numeric)
  ),
  saved_gaps as (
    insert into exchange_sync.missing_acquisitions (account, event, asset, time, found, missing)
    select account, event, asset, time, found, missing from gap
    on conflict (account, event, asset) do update
       set time = excluded.time, found = excluded.found, missing = excluded.missing
  ),
  vanished_gaps as (
    delete from exchange_sync.missing_acquisitions m
     where m.account = (select account from ledger) and m.time > ${afterOf(ledger)}::text::timestamptz
       and not exists (select from gap where gap.event = m.event and gap.asset = m.asset)
  ),
  unvalued as (
    select ledger.account, found_event.*
      from ledger, jsonb_to_recordset(ledger.doc -> 'unvalued') as found_event(event text, asset text, time timestamptz)
  ),
  saved_unvalued as (
    insert into exchange_sync.unvalued_events (account, event, asset, time)
    select account, event, asset, time from unvalued
    on conflict (account, event, asset) do update set time = excluded.time
  ),
  vanished_unvalued as (
    delete from exchange_sync.unvalued_events u
     where u.account = (select account from ledger) and u.time > ${afterOf(ledger)}::text::timestamptz
       and not exists (select from unvalued where unvalued.event = u.event and unvalued.asset = u.asset)
  ),
  carried as (
    select ledger.account, sent.*
      from ledger, jsonb_to_recordset(ledger.doc -> 'transferred_costs') as sent(withdrawal_id text, time timestamptz, carried jsonb)
  ),
  saved_carried as (
    insert into exchange_sync.carried_costs (account, withdrawal_id, time, carried)
    select account, withdrawal_id, time, carried from carried
    on conflict (account, withdrawal_id) do update set time = excluded.time, carried = excluded.carried
  ),
  vanished_carried as (
    delete from exchange_sync.carried_costs c
     where c.account = (select account from ledger) and c.time > ${afterOf(ledger)}::text::timestamptz
       and not exists (select from carried where carried.withdrawal_id = c.withdrawal_id)
  ),
  resolved as (
    select ledger.account, said.*
      from ledger, jsonb_to_recordset(ledger.doc -> 'resolutions') as said(direction text, id text, resolution text)
  ),
  saved_resolutions as (
    insert into exchange_sync.transfer_resolutions (account, direction, transfer_id, resolution)
    select account, direction, id, resolution from resolved
    on conflict (account, direction, transfer_id) do update set resolution = excluded.resolution
  ),
  vanished_resolutions as (
    delete from exchange_sync.transfer_resolutions r using ledger
     where r.account = ledger.account
       and not exists (select from resolved where resolved.direction = r.direction and resolved.id = r.transfer_id)
  ),
  newest_arrival as (
    select max(arrival) as arrival from (
      select arrival from saved_events union all select (ledger.doc ->> 'arrival')::bigint from ledger
    ) as arrivals
  ),
  saved_checkpoints as (
    insert into exchange_sync.checkpoints (account, time, arrival, settings, state)
    select ledger.account, checkpoint.time, newest_arrival.arrival, ledger.doc ->> 'settings', checkpoint.state
      from newest_arrival, ledger, jsonb_to_recordset(ledger.doc -> 'checkpoints') as checkpoint(time timestamptz, state jsonb)
    on conflict (account, time) do update
       set arrival = excluded.arrival, settings = excluded.settings, state = excluded.state
  ),
  dropped_checkpoints as (
    -- The flag keeps a run in which nothing happened from reading the table.
    delete from exchange_sync.checkpoints c
     where ${ledger.dropped.length > 0}::boolean and c.account = (select account from ledger)
       and c.time in (select jsonb_array_elements_text(ledger.doc -> 'dropped')::timestamptz from ledger)
  )`;

const afterOf = ({ after }: LedgerCommit): string => (after === undefined ? '-infinity' : isoTime(after));
