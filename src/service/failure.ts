import { ExpectedError, type FailureKind } from '../errors.js';
import type { SyncContext } from './sync-context.js';

/** Why an account could not be synced, in words that may be shown. */
export interface Failure {
  /** 'bug': an unexpected error. */
  readonly kind: FailureKind | 'bug';
  readonly message: string;
  readonly fix: string | undefined;
}

/** Error messages are redacted, as exchanges echo what they were sent. */
export function failureOf(context: SyncContext, error: unknown): Failure {
  const failure = described(context, error);
  return { ...failure, message: context.redact(failure.message) };
}

function described({ signal, log }: SyncContext, error: unknown): Failure {
  if (signal.aborted && signal.reason instanceof ExpectedError) return expected(signal.reason);
  if (error instanceof ExpectedError) return expected(error);
  log('debug', error instanceof Error ? (error.stack ?? error.message) : String(error));
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'bug', message: `unexpected: ${message}`, fix: undefined };
}

const expected = ({ kind, message, fix }: ExpectedError): Failure => ({ kind, message, fix });
