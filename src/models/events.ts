/**
 * The histories of an account that are read by cursor. If the exchange lists trades by market only, each market
 * is a stream of its own: `trades:BTCUSDT`.
 */
export type StreamKind = 'trades' | 'deposits' | 'withdrawals' | 'converts' | 'dust' | 'income';
export type Stream = StreamKind | `${StreamKind}:${string}`;

/**
 * How far a stream has been confirmed: every event before `completeUntil` is stored.
 * `window` is a span begun but not finished; `page` is the exchange's own token for what comes next in it.
 */
export interface Cursor {
  readonly stream: Stream;
  readonly completeUntil: number;
  readonly window: { readonly from: number; readonly to: number; readonly page: string } | undefined;
}
