/** Every failure that a person can act on; the kind decides the exit code (cli/exit-codes.ts). */
export type FailureKind =
  | 'usage'
  | 'guard'
  | 'exchange-unavailable'
  | 'database'
  | 'busy'
  | 'credentials'
  | 'config'
  | 'deadline'
  | 'interrupted'
  | 'terminated'
  | 'nothing-to-show';

/** An expected failure: `message` says what and why, `fix` the exact next step for the reader. */
export class ExpectedError extends Error {
  override readonly name = 'ExpectedError';
  readonly kind: FailureKind;
  readonly fix: string | undefined;

  constructor(kind: FailureKind, message: string, options: { fix?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.fix = options.fix;
  }
}
