import type { Migration } from './migration.js';

/**
 * The data for people and their tools. What is not known is null, as everywhere; types are plain, for Metabase
 * takes a domain for an unknown type. A later migration that changes a column below a view makes the view anew.
 */
export const views: Migration = {
  version: 6,
  name: 'views',
  up: (sql) => sql`
    -- What is counted as one US dollar; a test holds it against the program's own list.
    create table exchange_sync.dollars (asset text primary key);
    insert into exchange_sync.dollars values
      ('USD'), ('USDT'), ('USDC'), ('DAI'), ('FDUSD'), ('TUSD'), ('USDE'), ('PYUSD'), ('RLUSD'), ('USD1');

    create view exchange_sync.portfolio as
    select account, asset, quantity, price, value,
           round(100 * value / nullif(greatest(sum(value) over (partition by account), 0), 0), 8) as weight_percent,
           known_quantity, estimated_quantity, average_entry, cost, unrealized_pnl,
           round(100 * unrealized_pnl / nullif(greatest(cost, 0), 0), 8) as unrealized_pnl_percent,
           realized_pnl, cash, price_route, priced_at, updated_at
      from (
        select h.account, h.asset, h.quantity::numeric, h.price::numeric, h.price * h.quantity as value,
               h.known_quantity::numeric,
               greatest(least(h.quantity, coalesce(p.estimated_quantity, 0)), 0) as estimated_quantity,
               h.average_entry::numeric, case when h.known_quantity <> 0 then h.cost::numeric end as cost,
               case when d.asset is null and h.known_quantity <> 0 then h.price * h.known_quantity - h.cost end
                 as unrealized_pnl,
               p.realized_trade + p.realized_fee + p.realized_transfer_fee + p.realized_income as realized_pnl,
               d.asset is not null as cash, array_to_string(h.price_route, ', ') as price_route, h.priced_at, h.updated_at
          from exchange_sync.holdings h
          left join exchange_sync.pools p using (account, asset)
          left join exchange_sync.dollars d using (asset)
      ) as held;

    create view exchange_sync.portfolio_history as
    select s.account, s.taken_at, s.run_id, s.complete, s.value::numeric,
           array_to_string(s.unpriced_assets, ', ') as unpriced_assets, gain.unrealized_pnl, gain.pnl_cost,
           round(100 * gain.unrealized_pnl / nullif(greatest(gain.pnl_cost, 0), 0), 8) as unrealized_pnl_percent
      from exchange_sync.snapshots s
      -- A left join: the planner leaves it out where nobody asks for the P&L.
      left join lateral (
        select sum(i.price * i.known_quantity - i.cost) as unrealized_pnl, sum(i.cost) as pnl_cost
          from exchange_sync.snapshot_items i
         where i.account = s.account and i.run_id = s.run_id and i.price is not null and i.known_quantity <> 0
           and not exists (select from exchange_sync.dollars d where d.asset = i.asset)
      ) as gain on true;

    create view exchange_sync.portfolio_history_assets as
    select account, taken_at, run_id, complete, asset, quantity, price, value, known_quantity,
           cost / nullif(known_quantity, 0) as average_entry, cost, unrealized_pnl,
           round(100 * unrealized_pnl / nullif(greatest(cost, 0), 0), 8) as unrealized_pnl_percent, cash
      from (
        select s.account, s.taken_at, s.run_id, s.complete, i.asset, i.quantity::numeric, i.price::numeric,
               i.price * i.quantity as value, i.known_quantity::numeric,
               case when i.known_quantity <> 0 then i.cost::numeric end as cost,
               case when d.asset is null and i.known_quantity <> 0 then i.price * i.known_quantity - i.cost end
                 as unrealized_pnl,
               d.asset is not null as cash
          from exchange_sync.snapshots s
          join exchange_sync.snapshot_items i using (account, run_id)
          left join exchange_sync.dollars d using (asset)
      ) as held;

    -- Where coins moved that could not be valued, a sum of 0 may be something: it is not known.
    create view exchange_sync.realized_pnl as
    select account, day, asset, nullif(sales, unknown) as sales, nullif(fees_in_kind, unknown) as fees_in_kind,
           nullif(transfer_fees, unknown) as transfer_fees, nullif(income, unknown) as income,
           nullif(sales + fees_in_kind + transfer_fees + income, unknown) as realized,
           nullif(fees_paid, unknown) as fees_paid, nullif(unmatched_proceeds, unknown) as unmatched_proceeds,
           unvalued_quantity, missing_quantity, realized_is_estimate
      from (
        select account, day, asset, realized_trade::numeric as sales, realized_fee::numeric as fees_in_kind,
               realized_transfer_fee::numeric as transfer_fees, realized_income::numeric as income,
               fees_paid::numeric, unmatched_proceeds::numeric,
               coalesce(unvalued_moved, abs(unvalued_quantity))::numeric as unvalued_quantity,
               case when coalesce(unvalued_moved, unvalued_quantity) <> 0 then 0 end as unknown,
               missing::numeric as missing_quantity, estimated_sold <> 0 as realized_is_estimate
          from exchange_sync.daily_results
      ) as counted;

    -- What the books count: a deposit once it arrived, a withdrawal as soon as it was taken.
    create view exchange_sync.cash_flows as
    select account, time, direction, asset, quantity, value, case direction when 'deposit' then value else -value end as net_value,
           fee_asset, fee_quantity, own_account, status, network, txid, transfer_id
      from (
        select moved.*, case when carried is not null then (carried ->> 'value')::numeric
                             when d.asset is not null then quantity else quantity * e.price end as value
          from (
            select t.account, t.direction, t.transfer_id, t.asset, t.status, t.network, t.txid, t.fee_asset,
                   t.fee_amount::numeric as fee_quantity, said is not null as own_account, said -> 'carried' as carried,
                   -- Of clocks that differ the deposit's counts, a millisecond before it.
                   least(t.time, to_timestamp(((said ->> 'time')::numeric - 1) / 1000)) as time,
                   case t.direction
                     when 'deposit' then t.amount - case when t.fee_asset = t.asset then t.fee_amount else 0 end
                     else coalesce((said ->> 'received')::numeric, t.amount) end as quantity
              from exchange_sync.transfers t
              left join exchange_sync.transfer_resolutions r using (account, direction, transfer_id)
              cross join lateral (select r.resolution::jsonb) as resolution (said)
             where t.status = 'ok' or t.direction = 'withdrawal' and t.status = 'pending'
          ) as moved
          left join exchange_sync.dollars d using (asset)
          left join exchange_sync.event_prices e using (account, asset, time)
      ) as flow;

    -- A name means the same in every view.
    do $$
    declare described record;
    begin
      for described in
        select format('comment on column %s.%I is %L', a.attrelid::regclass, a.attname, word.meaning) as statement
          from pg_attribute a join (values
            ('account', 'bybit, or bybit/sub1 for a further account'),
            ('asset', 'the coin, as this program names it'),
            ('quantity', 'coins held, in all wallets, less what is borrowed; or coins that moved'),
            ('price', 'in US dollars; null: no market'),
            ('value', 'in US dollars at that time; null: not known. Of a snapshot: of what had a price'),
            ('weight_percent', 'share of what the account holds, as far as it has a price'),
            ('known_quantity', 'how much of the quantity has a known cost'),
            ('estimated_quantity', 'how much of it has an estimated cost: the market value when it was deposited'),
            ('average_entry', 'cost of a coin, fees included, over the known quantity; null: nothing is known'),
            ('cost', 'of the known quantity, fees included; null: nothing is known'),
            ('unrealized_pnl', 'price x known quantity - cost; null: price or cost is not known, or it is cash'),
            ('unrealized_pnl_percent', 'of the cost'),
            ('pnl_cost', 'the cost behind unrealized_pnl'),
            ('realized_pnl', 'by sales, fees, transfer fees and income since the beginning; null: no events'),
            ('cash', 'US dollars, or a stablecoin that is counted as one: it has no P&L'),
            ('price_route', 'the markets that the price came over, or peg'),
            ('priced_at', 'when the price was read'),
            ('updated_at', 'when a sync last wrote the row'),
            ('taken_at', 'end of the sync that found it'),
            ('run_id', 'the run; that of several accounts has one snapshot of each'),
            ('complete', 'every wallet could be read'),
            ('unpriced_assets', 'assets without a price, which the value leaves out'),
            ('day', 'UTC'),
            ('sales', 'realized by sales and conversions, after fees; null: not known'),
            ('fees_in_kind', 'realized by fees that were paid in the coin'),
            ('transfer_fees', 'lost on the way between own accounts, at cost'),
            ('income', 'interest and distributions, at the market of their time'),
            ('realized', 'sales + fees_in_kind + transfer_fees + income'),
            ('fees_paid', 'all fees at the market of their time; in realized already, or in a cost'),
            ('unmatched_proceeds', 'of coins whose cost is not known: no gain, and in no other sum'),
            ('unvalued_quantity', 'coins that moved at a time without a known price: no sum has them'),
            ('missing_quantity', 'coins that left beyond what the history explains; null: the next sync will tell'),
            ('realized_is_estimate', 'it rests on an estimated cost; null: the next sync will tell'),
            ('time', 'when it is counted'),
            ('direction', 'deposit or withdrawal'),
            ('net_value', 'the value, negative for a withdrawal'),
            ('fee_asset', 'what its fee was paid in'),
            ('fee_quantity', 'its fee, which is not in the quantity'),
            ('own_account', 'it came from, or went to, another account of yours'),
            ('status', 'ok, or pending for a withdrawal under way'),
            ('network', 'the chain, as the exchange names it'),
            ('txid', 'its transaction'),
            ('transfer_id', 'the exchange''s own id')
          ) as word (name, meaning) on a.attname = word.name
          join pg_class c on c.oid = a.attrelid
         where c.relnamespace = 'exchange_sync'::regnamespace and c.relkind = 'v'
      loop
        execute described.statement;
      end loop;
    end $$;
    comment on view exchange_sync.portfolio is 'What is held now: a row per account and asset';
    comment on view exchange_sync.portfolio_history is 'What each sync found: a row per snapshot and account';
    comment on view exchange_sync.portfolio_history_assets is 'The same by asset: a row per snapshot, account and asset';
    comment on view exchange_sync.realized_pnl is 'What was realized, earned and paid: a row per account, UTC day and asset';
    comment on view exchange_sync.cash_flows is 'Deposits and withdrawals that count: a row each, with their value at that time';
  `,
};
