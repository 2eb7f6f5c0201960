export type AccountName = 'bybit' | 'bybit/sub1' | 'binance';

/** How long a history is, whose it is, and how late an exchange tells of it. */
export interface Shape {
  readonly days: number;
  readonly accounts: readonly AccountName[];
  /** Of what a run looks for only where a balance is unexplained; it looks a few times. */
  readonly latestSearchedMinutes: number;
}

export const LONG: Shape = {
  days: 45,
  accounts: ['bybit', 'bybit/sub1', 'binance'],
  latestSearchedMinutes: 2 * 24 * 60,
};
