import type { StreamUnreadRecord } from '../models/unread-record.js';
import { unreadKey } from '../repository/event-rows.js';

/** Records that cannot be interpreted, as a run finds them. */
export class UnreadFound {
  readonly #known: Set<string>;
  #found = 0;
  #example: string | undefined;

  /** `stored`: those that earlier runs found. */
  constructor(stored: readonly StreamUnreadRecord[]) {
    this.#known = new Set(stored.map(unreadKey));
  }

  note(records: readonly StreamUnreadRecord[]): void {
    for (const record of records) {
      const key = unreadKey(record);
      if (this.#known.has(key)) continue;
      this.#known.add(key);
      this.#found += 1;
      this.#example ??= record.reason;
    }
  }

  /** How many are new, and why one of them cannot be interpreted. */
  summary(): { readonly found: number; readonly example: string | undefined } {
    return { found: this.#found, example: this.#example };
  }
}
