import type { AccountId } from '../models/account.js';
import { type AccountEvent, eventKey } from '../models/account-event.js';
import { toText } from '../models/decimal.js';
import type { Cursor } from '../models/events.js';
import type { StreamUnreadRecord } from '../models/unread-record.js';
import { storableText } from '../models/text.js';
import { isoTime } from './times.js';
import { resolvedRow, unreadRow } from './unread-records.js';

export type EventIdentity = Pick<AccountEvent, 'source' | 'id'>;

/** New history of an account with the cursors that it confirms. */
export interface EventBatch {
  readonly account: AccountId;
  readonly runId: string;
  readonly cursors: readonly Cursor[];
  readonly events: readonly AccountEvent[];
  /** Openings of which nothing is left. */
  readonly removed?: readonly EventIdentity[];
  /** Records that cannot be interpreted. */
  readonly unread?: readonly StreamUnreadRecord[];
  /** Stored unread records that are events now. */
  readonly resolved?: readonly StreamUnreadRecord[];
}

/** Of `exchange_sync.events`, what an event itself says; the account and the order of arrival come on top. */
export const EVENT_COLUMNS = [
  'source',
  'event_id',
  'time',
  'type',
  'status',
  'market',
  'price',
  'reason',
  'order_id',
  'txid',
  'network',
  'assets',
  'amounts',
  'roles',
  'wallets',
  'raw',
] as const;

/** The batch as rows of JSON, amounts as text; one row an identity, for an upsert refuses a key named twice. */
export function eventRows({
  events,
  removed = [],
  cursors,
  unread = [],
  resolved = [],
}: Omit<EventBatch, 'account' | 'runId'>) {
  return {
    events: lastOfEach(events, eventKey).map(eventRow),
    removed_events: removed.map(({ source, id }) => ({ source, event_id: id })),
    cursors: lastOfEach(cursors, ({ stream }) => stream).map(cursorRow),
    unread_records: lastOfEach(unread, unreadKey).map(unreadRow),
    resolved_records: resolved.map(resolvedRow),
  };
}

/** The identity of a deposit or withdrawal within its account, as people know it. */
export const transferKey = ({ type, id }: Pick<AccountEvent, 'type' | 'id'>): string => `${type} ${id}`;

export const unreadKey = ({ stream, hash }: Pick<StreamUnreadRecord, 'stream' | 'hash'>): string =>
  `${stream} ${hash}`;

export function lastOfEach<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}

/** JSON for a jsonb parameter: PostgreSQL takes neither NUL nor half a surrogate pair in text. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  // JSON escapes both. A replacer takes as much memory again as the text, so texts without them do without it.
  return /\\u(?:0000|d)/.test(text) ? JSON.stringify(value, storablePart) : text;
}

const storablePart = (_key: string, part: unknown): unknown =>
  typeof part === 'string' ? storableText(part) : part;

const eventRow = (event: AccountEvent): Record<(typeof EVENT_COLUMNS)[number], unknown> => ({
  source: event.source,
  event_id: event.id,
  time: isoTime(event.time),
  type: event.type,
  status: event.status,
  market: event.market,
  price: event.price && toText(event.price),
  reason: event.reason,
  order_id: event.orderId,
  txid: event.txid,
  network: event.network,
  assets: event.legs.map(({ asset }) => asset),
  amounts: event.legs.map(({ amount }) => toText(amount)),
  roles: event.legs.map(({ role }) => role),
  wallets: event.legs.map(({ wallet }) => wallet ?? null),
  raw: event.raw,
});

const cursorRow = ({ stream, completeUntil, window }: Cursor) => ({
  stream,
  complete_until: isoTime(completeUntil),
  window_from: window && isoTime(window.from),
  window_to: window && isoTime(window.to),
  page: window?.page,
});
