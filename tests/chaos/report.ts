/** What a run says of itself as JSON. */
export interface Report {
  readonly runId: string;
  readonly exitCode: number;
  readonly accounts: readonly AccountReport[];
}

export interface AccountReport {
  readonly account: string;
  readonly outcome: 'synced' | 'partial' | 'failed';
  readonly kind?: string;
  readonly message?: string;
  readonly newTrades?: number;
  readonly newTransfers?: number;
  readonly unsettled?: string | null;
  readonly unreadableWallets?: readonly object[];
}

/** Undefined where the run did not come to its end. */
export const reportIn = (stdout: string): Report | undefined =>
  stdout.trim() === '' ? undefined : (JSON.parse(stdout) as Report);
