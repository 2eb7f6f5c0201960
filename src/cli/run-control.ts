import { ExpectedError } from '../errors.js';
import { EXIT } from './exit-codes.js';

/** Time for the work to end after it was stopped: a commit finishes, nothing new begins. */
const GRACE_MS = 8_000;
/** A timer of Node's beyond this one goes off at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export interface RunControl {
  readonly signal: AbortSignal;
  readonly deadline: number;
  /** The status that a signal or the deadline demands, whatever the work says. */
  readonly demandedExit: () => number | undefined;
}

/** Runs `work` under a deadline and the signals; both abort it, and where it does not stop it is left behind. */
export async function withRunControl<T>(
  timeoutMs: number,
  timeoutText: string,
  work: (control: RunControl) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let demanded: number | undefined;
  const { promise: abandoned, reject: abandon } = withReject();
  const stop = (exitCode: number, reason: ExpectedError) => {
    if (demanded !== undefined) process.exit(exitCode);
    demanded = exitCode;
    // A deadline that passes meanwhile demands nothing more; only a second signal ends it at once.
    clearTimeout(timer);
    controller.abort(reason);
    setTimeout(() => {
      abandon(leftBehind(reason));
    }, GRACE_MS).unref();
  };
  const onTerm = () => {
    stop(EXIT.terminated, new ExpectedError('terminated', 'stopped by SIGTERM'));
  };
  const onInterrupt = () => {
    stop(EXIT.interrupted, new ExpectedError('interrupted', 'stopped by SIGINT'));
  };
  const timer = setTimeout(
    () => {
      stop(EXIT.deadline, deadlineError(timeoutText));
    },
    Math.min(timeoutMs, MAX_TIMER_MS),
  );
  process.on('SIGTERM', onTerm).on('SIGINT', onInterrupt);
  const { signal } = controller;
  try {
    const deadline = Date.now() + timeoutMs;
    const working = work({ signal, deadline, demandedExit: () => demanded }).catch((error: unknown) => {
      // What failed after the demand is its consequence, or came too late to be the run's status.
      if (signal.aborted) throw Object.assign(signal.reason as ExpectedError, { cause: error });
      throw error;
    });
    return await Promise.race([working, abandoned]);
  } finally {
    clearTimeout(timer);
    process.off('SIGTERM', onTerm).off('SIGINT', onInterrupt);
  }
}

/** A promise that can only fail. */
function withReject() {
  let reject: (reason: ExpectedError) => void = () => undefined;
  const promise = new Promise<never>((_resolve, fail) => {
    reject = fail;
  });
  // There is no listener if the work stopped in time.
  promise.catch(() => undefined);
  return { promise, reject };
}

const leftBehind = ({ kind, message, fix }: ExpectedError): ExpectedError =>
  new ExpectedError(
    kind,
    `${message}; the work did not stop within ${GRACE_MS / 1000} s`,
    fix === undefined ? {} : { fix },
  );

const deadlineError = (timeoutText: string): ExpectedError =>
  new ExpectedError('deadline', `the run reached its deadline of ${timeoutText}`, {
    fix: 'Completed parts of a backfill are stored, and the next run continues from there. Allow more time with --timeout.',
  });
