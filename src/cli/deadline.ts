import { ExpectedError } from '../errors.js';

/** The deadline of commands that only read; a statement of theirs has a minute. */
export const READING_TIMEOUT = '2m';

/** Runs `work`, which only reads and is left behind when its time is over; throws 'deadline' then. */
export async function withDeadline<T>(timeoutMs: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => {
        reject(deadlineError(timeoutMs));
      },
      Math.min(timeoutMs, MAX_TIMER_MS),
    );
  });
  try {
    return await Promise.race([work(), limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Later timers of Node go off at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

const deadlineError = (timeoutMs: number): ExpectedError =>
  new ExpectedError('deadline', `the command did not finish within its deadline of ${timeoutMs / 1000} s`, {
    fix: 'Nothing was changed. Check the database for a lock or a slow disk, or allow more time with --timeout.',
  });
