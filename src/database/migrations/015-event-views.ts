import type { Migration } from './migration.js';

/**
 * Views in place of the tables that became events, with the same names and columns, so that no query breaks: those
 * of other views, which are made anew, and those of roles with a grant. `transfers` can be updated, for its txid.
 */
export const eventViews: Migration = {
  version: 15,
  name: 'event-views',
  up: (sql) => sql`
    create view exchange_sync.trades as
    select account, market as symbol, event_id as trade_id, order_id, assets[array_position(roles, 'base')] as base,
           assets[array_position(roles, 'quote')] as quote,
           case when amounts[array_position(roles, 'base')] < 0 then 'sell' else 'buy' end as side,
           abs(amounts[array_position(roles, 'base')]) as amount, price::numeric,
           abs(amounts[array_position(roles, 'quote')]) as value, assets[array_position(roles, 'fee')] as fee_asset,
           -amounts[array_position(roles, 'fee')] as fee_amount, time, raw,
           case type when 'trade' then 'trade' else reason end as kind, arrival, affects_from
      from exchange_sync.events where type in ('trade', 'conversion');

    create view exchange_sync.transfers as
    select account, type as direction, event_id as transfer_id, assets[array_position(roles, 'moved')] as asset,
           abs(amounts[array_position(roles, 'moved')]) as amount, assets[array_position(roles, 'fee')] as fee_asset,
           -amounts[array_position(roles, 'fee')] as fee_amount, case status when 'done' then 'ok' else status end as status,
           network, txid, time, raw, arrival, affects_from
      from exchange_sync.events where type in ('deposit', 'withdrawal');

    create view exchange_sync.incomes as
    select account, event_id as income_id, assets[1] as asset, amounts[1] as amount, reason, time, raw, arrival, affects_from
      from exchange_sync.events where type = 'income';

    create view exchange_sync.entries as
    select account, event_id as entry_id, type as kind, assets[1] as asset, amounts[1] as amount, time, reason,
           (raw ->> 'balance')::numeric as balance, to_timestamp((raw ->> 'balanceAt')::numeric / 1000) as balance_at,
           coalesce((raw ->> 'createdAt')::timestamptz, to_timestamp((raw ->> 'balanceAt')::numeric / 1000)) as created_at,
           arrival, affects_from
      from exchange_sync.events where type in ('opening', 'adjustment');

    create view exchange_sync.event_legs as
    select account, source, event_id, time, type, status, market, reason, leg::integer, asset, amount, role, wallet
      from exchange_sync.events
     cross join lateral unnest(assets, amounts, roles, wallets) with ordinality as legs (asset, amount, role, wallet, leg);

    do $$
    declare
      made record;
      definition text;
    begin
      for made in
        select old.oid::regclass as old, old.relname as name, new.oid::regclass as new
          from (values ('trades', 'trades'), ('trades', 'events'), ('trades', 'event_legs'), ('transfers', 'transfers'),
                  ('incomes', 'incomes'), ('entries', 'entries')) as place (old_name, new_name)
          join pg_class old on old.relname = old_name || '_before_events' and old.relnamespace = 'exchange_sync'::regnamespace
          join pg_class new on new.relname = new_name and new.relnamespace = 'exchange_sync'::regnamespace
      loop
        -- A view shows its rows with the rights of its owner: policies of the table would no longer apply.
        if exists (select from pg_class where oid = made.old and relrowsecurity) then
          raise exception using errcode = 'dependent_objects_still_exist', message = 'row-level security',
            detail = format('row-level security of %s', made.old);
        end if;
        for definition in
          select format('grant %s on %s to %s', g.privilege_type, made.new,
                        case g.grantee when 0 then 'public' else g.grantee::regrole::text end)
            from pg_class c, aclexplode(c.relacl) g where c.oid = made.old and g.grantee <> c.relowner
        loop
          execute definition;
        end loop;
      end loop;

      -- The domain of amounts stays the type of a column that had it.
      for made in
        select distinct c.oid, c.oid::regclass as view
          from pg_depend d join pg_rewrite r on r.oid = d.objid join pg_class c on c.oid = r.ev_class
         where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and c.relkind = 'v'
           and d.refobjid in (
             select oid from pg_class
              where relname like '%\\_before\\_events' and relnamespace = 'exchange_sync'::regnamespace)
      loop
        definition := regexp_replace(rtrim(pg_get_viewdef(made.oid), '; '), '_before_events\\M', '', 'g');
        begin
          execute (
            select format('create or replace view %s as select %s from (%s) as same', made.view,
                          string_agg(format('%1$I::%2$s as %1$I', attname, format_type(atttypid, atttypmod)), ', ' order by attnum),
                          definition)
              from pg_attribute where attrelid = made.oid and attnum > 0 and not attisdropped);
        exception when invalid_table_definition or syntax_error_or_access_rule_violation then
          raise exception using errcode = 'dependent_objects_still_exist', message = sqlerrm, detail = format('view %s', made.view);
        end;
      end loop;
    end $$;

    drop table exchange_sync.trades_before_events, exchange_sync.transfers_before_events,
      exchange_sync.incomes_before_events, exchange_sync.entries_before_events;

    do $$
    declare described record;
    begin
      for described in
        select format('comment on column %s.%I is %L', a.attrelid::regclass, a.attname, word.meaning) as statement
          from pg_attribute a join (values
            ('account', 'bybit, or bybit/sub1 for a further account'),
            ('source', 'the stream of the exchange that reported it; entries: made by this program'),
            ('event_id', 'the exchange''s own id, unique within account and source'),
            ('trade_id', 'the exchange''s own id'),
            ('transfer_id', 'the exchange''s own id'),
            ('income_id', 'the exchange''s own id'),
            ('entry_id', 'opening or adjustment, asset and time'),
            ('order_id', 'the order that the trade belongs to'),
            ('time', 'when it happened; of an entry: when the ledger applies it'),
            ('type', 'trade, conversion, deposit, withdrawal, income, opening or adjustment'),
            ('kind', 'trade, convert or dust; of an entry: opening or adjustment'),
            ('direction', 'deposit or withdrawal'),
            ('status', 'pending, ok (done) or failed'),
            ('market', 'of a trade or conversion: BTC/USDT'),
            ('symbol', 'the market: BTC/USDT'),
            ('reason', 'the exchange''s own word, or why an entry was made'),
            ('leg', 'number of the leg within its event'),
            ('role', 'what the leg is: base, quote, fee, moved or income'),
            ('wallet', 'null: the record does not name it'),
            ('asset', 'the coin, as this program names it'),
            ('amount', 'coins; signed for legs, income and entries: negative left'),
            ('base', 'the coin that was bought or sold'),
            ('quote', 'the coin that it was paid in'),
            ('side', 'buy or sell'),
            ('price', 'in quote, as the exchange states it'),
            ('value', 'what was paid or received, in quote, before any fee'),
            ('fee_asset', 'what its fee was paid in; null: no fee'),
            ('fee_amount', 'positive is paid, negative is a rebate'),
            ('network', 'the chain, as the exchange names it'),
            ('txid', 'its transaction'),
            ('balance', 'the balance of the asset that the entry explains'),
            ('balance_at', 'when that balance was read'),
            ('created_at', 'when the entry was made'),
            ('raw', 'the record as the exchange sent it'),
            ('arrival', 'order in which events were stored or changed'),
            ('affects_from', 'the earliest time that the last change affects')
          ) as word (name, meaning) on a.attname = word.name
         where a.attrelid in (select v::regclass from unnest(array['exchange_sync.trades', 'exchange_sync.transfers',
                                'exchange_sync.incomes', 'exchange_sync.entries', 'exchange_sync.event_legs']) v)
      loop
        execute described.statement;
      end loop;
    end $$;
    comment on view exchange_sync.trades is 'Trades and conversions: a row each';
    comment on view exchange_sync.transfers is 'Deposits and withdrawals, whether they count or not: a row each';
    comment on view exchange_sync.incomes is 'Interest, airdrops and other coins that came without a trade or transfer';
    comment on view exchange_sync.entries is
      'Quantities of unknown cost that no exchange record explains: held before the history begins (opening), or accepted by the user (adjustment)';
    comment on view exchange_sync.event_legs is 'Every change of a balance: a row per leg of an event';
  `,
};
