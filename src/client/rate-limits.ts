/** What may be used in a window of time, which begins at a multiple of its length. */
export interface Budget {
  /** The header that reports what has been used. */
  readonly header: string;
  readonly windowMs: number;
  readonly limit: number;
  /** Whose it is: of all requests of this machine's address, or of those of one key. */
  readonly of: 'address' | 'key';
  /** True if each path has a budget of its own. */
  readonly byPath: boolean;
}

export interface LimitHeaders {
  /** The header with the requests that are left. */
  readonly left: string;
  /** The header with the time in ms at which the limit is reset. */
  readonly resetAt: string;
}

/** What has been used of a budget. */
export interface Bucket {
  readonly name: string;
  readonly budget: Budget;
  /** The number of the window that `used` is of. */
  window: number;
  used: number;
}

/** By name. */
export type Buckets = Map<string, Bucket>;
