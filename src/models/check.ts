/** Monitoring-plugin states, in rising order of alarm; `skipped` because an earlier check failed. */
export type CheckState = 'ok' | 'warning' | 'critical' | 'unknown' | 'skipped';

export interface CheckResult {
  /** Stable name such as `database` or `exchange:bybit/sub1`. */
  readonly name: string;
  readonly state: CheckState;
  /** What was found, one sentence. */
  readonly message: string;
  /** The exact next step, for anything that is not ok. */
  readonly remedy: string | undefined;
  /** For the perfdata of the first line, such as `{ age: '120s' }`. */
  readonly performance: Readonly<Record<string, string>>;
}
