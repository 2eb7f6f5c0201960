import type { Migration } from './migration.js';

/** Records of an exchange that no version so far could interpret. */
export const unreadRecords: Migration = {
  version: 8,
  name: 'unread-records',
  up: (sql) => sql`
    create table exchange_sync.unread_records (
      account text not null,
      stream text not null,
      hash text not null,
      time timestamptz,
      reason text not null,
      raw jsonb not null,
      first_seen_at timestamptz not null default now(),
      primary key (account, stream, hash)
    );

    comment on table exchange_sync.unread_records is
      'Records of the exchange that this program cannot interpret, as they were sent; each sync tries them again';
    comment on column exchange_sync.unread_records.hash is 'SHA-256 of the record';
    comment on column exchange_sync.unread_records.time is 'when it happened, if one of its fields is a time';
  `,
};
