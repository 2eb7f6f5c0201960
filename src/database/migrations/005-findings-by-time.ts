import type { Migration } from './migration.js';

/** What the books found lies by time, so that a commit finds what it replaces however much there is before. */
export const findingsByTime: Migration = {
  version: 5,
  name: 'findings-by-time',
  up: (sql) => sql`
    create index missing_acquisitions_by_time on exchange_sync.missing_acquisitions (account, time);
    create index unvalued_events_by_time on exchange_sync.unvalued_events (account, time);
    create index carried_costs_by_time on exchange_sync.carried_costs (account, time);
  `,
};
