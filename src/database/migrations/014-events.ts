import type { Migration } from './migration.js';

/**
 * One table of events with legs in place of trades, transfers, incomes and entries. The four tables are renamed
 * here and dropped by the next migration, when views have taken their names.
 */
export const events: Migration = {
  version: 14,
  name: 'events',
  up: (sql) => sql`
    alter table exchange_sync.trades rename to trades_before_events;
    alter table exchange_sync.transfers rename to transfers_before_events;
    alter table exchange_sync.incomes rename to incomes_before_events;
    alter table exchange_sync.entries rename to entries_before_events;

    create table exchange_sync.events (
      account text not null,
      source text not null,
      event_id text not null,
      time timestamptz not null,
      type text not null
        check (type in ('trade', 'conversion', 'deposit', 'withdrawal', 'income', 'opening', 'adjustment')),
      status text not null check (status in ('pending', 'done', 'failed')),
      market text,
      price exchange_sync.amount,
      reason text,
      order_id text,
      txid text,
      network text,
      assets text[] not null check (array_position(assets, null) is null),
      -- numeric takes NaN and Infinity, which are no amounts of money.
      amounts numeric[] not null
        check (array_position(amounts, null) is null and not amounts && '{NaN,Infinity,-Infinity}'),
      roles text[] not null check (roles <@ '{base,quote,fee,moved,income}'),
      wallets text[] not null,
      raw jsonb not null,
      arrival bigint not null default nextval('exchange_sync.arrivals'),
      affects_from timestamptz not null,
      check (cardinality(assets) > 0 and cardinality(amounts) = cardinality(assets)
        and cardinality(roles) = cardinality(assets) and cardinality(wallets) = cardinality(assets)),
      check (type not in ('trade', 'conversion') or market is not null)
    );
    comment on table exchange_sync.events is
      'Everything that changes a balance: trades, conversions, deposits, withdrawals, income and entries';
    comment on column exchange_sync.events.source is 'the stream of the exchange that reported it; entries: made by this program';
    comment on column exchange_sync.events.event_id is 'the exchange''s own id, unique within account and source';
    comment on column exchange_sync.events.assets is 'the asset of each leg; amounts, roles and wallets go with it';
    comment on column exchange_sync.events.amounts is 'what each leg changes: positive arrived, negative left';
    comment on column exchange_sync.events.roles is 'what each leg is: base, quote, fee, moved or income';
    comment on column exchange_sync.events.wallets is 'the wallet of each leg; null: the record does not name it';
    comment on column exchange_sync.events.arrival is 'order in which events were stored or changed';
    comment on column exchange_sync.events.affects_from is 'the earliest time that the last change affects';

    -- The id of a trade was unique within a market only; one that is not within its stream is kept with its market.
    insert into exchange_sync.events
    with trade as not materialized (
      select t.*, case t.kind when 'convert' then 'converts' when 'dust' then 'dust' else
               case split_part(account, '/', 1) when 'binance' then 'trades:' || coalesce(raw ->> 'symbol', base || quote)
                                                else 'trades' end end as source
        from exchange_sync.trades_before_events t
    ),
    ambiguous as (
      select account, source, trade_id, min(symbol) as first from trade group by 1, 2, 3 having count(*) > 1
    )
    select account, source, case when symbol <> first then trade_id || ' ' || symbol else trade_id end, time,
           case kind when 'trade' then 'trade' else 'conversion' end, 'done', symbol, price,
           case when kind <> 'trade' then kind end, order_id, null, null, (array[base, quote, fee_asset])[:legs],
           (case side when 'buy' then array[amount::numeric, -value, -fee_amount]
                      else array[-amount, value::numeric, -fee_amount] end)[:legs],
           (array['base', 'quote', 'fee'])[:legs], array_fill(null::text, array[legs]), raw, arrival, affects_from
      from trade left join ambiguous using (account, source, trade_id)
     cross join lateral (select case when fee_amount <> 0 then 3 else 2 end) as counted (legs);

    insert into exchange_sync.events
    select account, direction || 's' || case when transfer_id like 'internal:%' then ':internal' else '' end, transfer_id,
           time, direction, case status when 'ok' then 'done' else status end, null, null, null, null, txid, network,
           (array[asset, fee_asset])[:legs],
           (array[case direction when 'deposit' then amount::numeric else -amount end, -fee_amount])[:legs],
           (array['moved', 'fee'])[:legs], array_fill(null::text, array[legs]), raw, arrival, affects_from
      from exchange_sync.transfers_before_events
     cross join lateral (select case when fee_amount <> 0 then 2 else 1 end) as counted (legs);

    insert into exchange_sync.events
    select account, case when income_id like 'realtime:%' then 'income:realtime' else 'income' end, income_id, time,
           'income', 'done', null, null, reason, null, null, null, array[asset], array[amount::numeric],
           array['income'], array[null::text], raw, arrival, affects_from
      from exchange_sync.incomes_before_events;

    insert into exchange_sync.events
    select account, 'entries', entry_id, time, kind, 'done', null, null, reason, null, null, null, array[asset],
           array[amount::numeric], array['moved'], array[null::text],
           jsonb_build_object('balance', balance::text, 'balanceAt', (extract(epoch from balance_at) * 1000)::bigint,
                              'createdAt', created_at),
           arrival, affects_from
      from exchange_sync.entries_before_events;

    alter table exchange_sync.events add primary key (account, source, event_id);
    create index events_by_time on exchange_sync.events (account, time);
    create index events_by_arrival on exchange_sync.events (account, arrival);
    create index transfers_by_account on exchange_sync.events (account, time) where type in ('deposit', 'withdrawal');
  `,
};
