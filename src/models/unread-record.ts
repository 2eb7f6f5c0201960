import type { Stream } from './events.js';

/** A record of the exchange that this version cannot interpret, as it was sent. */
export interface UnreadRecord {
  /** SHA-256 of the record: it may have no id that can be read. */
  readonly hash: string;
  /** ms since 1970, if one of its fields is a time. */
  readonly time: number | undefined;
  /** Why it cannot be interpreted. */
  readonly reason: string;
  readonly raw: unknown;
}

/** Where it was found; identity is (account, stream, hash). */
export interface StreamUnreadRecord extends UnreadRecord {
  readonly stream: Stream;
}
