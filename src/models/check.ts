/** Monitoring-plugin states, in rising order of alarm; `skipped` because an earlier check failed. */
export type CheckState = 'ok' | 'warning' | 'critical' | 'unknown' | 'skipped';

/** Everything that is checked, in the order of the report. */
export const SUBJECTS = [
  'configuration',
  'env-file',
  'metrics',
  'database',
  'tls',
  'grants',
  'disk',
  'schema',
  'last-sync',
  'wallets',
  'products',
  'snapshots',
  'lease',
  'ban',
  'markets',
  'retention',
  'records',
  'books',
  'transfers',
  'drift',
  'cost',
  'exchange',
  'clock',
  'key',
  'key-binding',
  'coverage',
] as const;

export type Subject = (typeof SUBJECTS)[number];

export interface CheckResult {
  /** Stable name: a subject such as `database`, with the account where it is one's: `exchange:bybit/sub1`. */
  readonly name: string;
  readonly state: CheckState;
  /** What was found, one sentence. */
  readonly message: string;
  /** A person should see the message though the state is ok. */
  readonly information?: boolean;
  /** The exact next step, for anything that is not ok. */
  readonly remedy: string | undefined;
  /** For the perfdata of the first line, such as `{ age: '120s' }`. */
  readonly performance: Readonly<Record<string, string>>;
}

export const subjectOf = ({ name }: CheckResult): string => name.split(':')[0] ?? name;

/** The account that a finding is of; undefined if it is of the program or the database. */
export const accountOf = ({ name }: CheckResult): string | undefined => name.split(':')[1];
