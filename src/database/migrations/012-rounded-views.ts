import type { Migration } from './migration.js';

/**
 * Figures of the views are rounded for people: to 8 decimals, or to 8 significant digits below 1, so that a small
 * price keeps its digits and nothing but 0 becomes 0. The tables stay exact. A later migration that makes a view
 * anew has to round it again.
 */
export const roundedViews: Migration = {
  version: 12,
  name: 'rounded-views',
  up: (sql) => sql`
    create function exchange_sync.rounded(figure numeric) returns numeric
      language sql immutable strict parallel safe
      return trim_scale(round(figure, case
        when abs(figure) >= 1 or figure = 0 then 8
        else greatest(8, 7 - floor(log(abs(figure)))::integer) end));
    comment on function exchange_sync.rounded is 'a figure for people: 8 decimals, or 8 significant digits below 1';

    do $$
    declare made record;
    begin
      for made in
        select format('create or replace view %s as select %s from (%s) as exact', c.oid::regclass,
                 (select string_agg(
                           case when a.atttypid = 'numeric'::regtype
                                then format('exchange_sync.rounded(%1$I) as %1$I', a.attname)
                                else format('%I', a.attname) end, ', ' order by a.attnum)
                    from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
                 rtrim(pg_get_viewdef(c.oid), '; ')) as statement
          from pg_class c
         where c.relnamespace = 'exchange_sync'::regnamespace and c.relkind = 'v'
      loop
        execute made.statement;
      end loop;
    end $$;
  `,
};
