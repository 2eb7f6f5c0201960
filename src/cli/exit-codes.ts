import { ExpectedError, type FailureKind } from '../errors.js';
import type { AccountReport, SyncReport } from '../models/sync-report.js';
import { OutputError } from '../render/output.js';

/** The contract with cron, systemd and CI; sysexits.h where it has a name for the case. */
export const EXIT = {
  ok: 0,
  bug: 1,
  partial: 3,
  usage: 64,
  guard: 65,
  nothingToShow: 66,
  unavailable: 69,
  unfinished: 70,
  database: 74,
  busy: 75,
  credentials: 77,
  config: 78,
  deadline: 124,
  interrupted: 130,
  terminated: 143,
} as const;

/** Hands the exit status of a command to main; commands never exit by themselves. */
export type SetExit = (code: number) => void;

const BY_KIND: Readonly<Record<FailureKind | 'bug', number>> = {
  bug: EXIT.bug,
  usage: EXIT.usage,
  guard: EXIT.guard,
  'exchange-unavailable': EXIT.unavailable,
  database: EXIT.database,
  busy: EXIT.busy,
  credentials: EXIT.credentials,
  config: EXIT.config,
  deadline: EXIT.deadline,
  interrupted: EXIT.interrupted,
  terminated: EXIT.terminated,
  'nothing-to-show': EXIT.nothingToShow,
};

/** If every account failed, the cause that most needs attention decides. */
const BY_SEVERITY = [
  'bug',
  'interrupted',
  'terminated',
  'deadline',
  'database',
  'config',
  'credentials',
  'guard',
  'busy',
  'exchange-unavailable',
] as const;

export const exitOfKind = (kind: FailureKind | 'bug'): number => BY_KIND[kind];

/** The exit status of a command that threw; an unexpected error is a bug. */
export function exitOfError(error: unknown): number {
  if (error instanceof ExpectedError) return exitOfKind(error.kind);
  return error instanceof OutputError ? EXIT.database : EXIT.bug;
}

/** 0 if every account is up to date, 3 if only some are, otherwise the most severe cause. */
export function exitOfSync(report: SyncReport): number {
  const failures = report.accounts.flatMap((account) => (account.outcome === 'failed' ? [account.kind] : []));
  if (failures.length < report.accounts.length) {
    return report.accounts.every(inStep) ? EXIT.ok : EXIT.partial;
  }
  return exitOfKind(BY_SEVERITY.find((kind) => failures.includes(kind)) ?? 'bug');
}

const inStep = (account: AccountReport): boolean => account.outcome === 'synced';

export const SYNC_EXITS = `Exit status:
  0    all accounts are up to date
  1    a bug: please report it
  3    partial: some accounts or wallets are not up to date; the others are stored
  64   usage
  65   implausible data rejected (vanished holdings, impossible numbers)
  69   every exchange failed for now (network, 5xx, rate limit)
  70   the run did not finish
  74   database unreachable, or out of disk
  75   another run is syncing the account
  77   credentials, permission, IP address or country refused
  78   invalid configuration, or incompatible database schema
  124  the run's own deadline (--timeout)
  130  SIGINT    143  SIGTERM`;

export const SHOW_EXITS = `Exit status:
  0    shown
  64   usage
  66   there is nothing to show yet: run exchange-sync sync
  74   database unreachable    75  embedded database in use
  78   invalid configuration, or incompatible database schema
  124  the deadline (--timeout)`;

export const CHECK_EXITS = `Exit status (the convention of monitoring plugins):
  0    OK         all is well
  1    WARNING    it works, but needs attention
  2    CRITICAL   it does not work
  3    UNKNOWN    could not be determined
  64   usage
  124  the deadline (--timeout)`;

export const EXPORT_EXITS = `Exit status:
  0    printed
  64   usage
  66   there is no embedded database yet, or nothing in it
  74   it does not open, or the output could not be written
  75   embedded database in use
  78   invalid configuration, or incompatible database schema`;

export const ACCOUNT_EXITS = `Exit status:
  0    done
  64   usage
  66   there is nothing in the database yet
  74   database unreachable    75  embedded database in use
  78   invalid names or configuration, a sync is running, or incompatible schema`;

export const COMPLETION_EXITS = `Exit status:
  0    printed
  64   usage`;
