import { ExpectedError, type FailureKind } from '../errors.js';
import type { PartStatus } from '../models/coverage.js';

/**
 * A request that failed for its own path only: the account's other wallets and streams can still be read.
 * `transient` is true if the request may succeed by itself later.
 */
export class PartFailure extends ExpectedError {
  readonly status: PartStatus;
  readonly transient: boolean;

  constructor(
    kind: FailureKind,
    message: string,
    options: { status: PartStatus; transient?: boolean; fix?: string; cause?: unknown },
  ) {
    super(kind, message, options);
    this.status = options.status;
    this.transient = options.transient ?? false;
  }
}
