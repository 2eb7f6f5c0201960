/** The progress of a backfill over all accounts. */
export interface Progress {
  /** So many further windows of history are to be read. */
  readonly planned: (windows: number) => void;
  /** One of them was read. */
  readonly read: () => void;
  /** So many trades were new in what was stored. */
  readonly found: (trades: number) => void;
}
