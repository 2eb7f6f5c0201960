export interface Limit {
  /** Aborted after the time, or sooner where the other signal is. */
  readonly signal: AbortSignal;
  readonly close: () => void;
}

/**
 * Used instead of AbortSignal.timeout within AbortSignal.any: there Node 20 holds the timeout weakly, and once
 * it is collected as garbage nothing is ever aborted.
 */
export function openLimit(milliseconds: number, sooner?: AbortSignal): Limit {
  const controller = new AbortController();
  const abort = () => {
    controller.abort();
  };
  const timer = setTimeout(abort, milliseconds);
  if (sooner?.aborted) abort();
  sooner?.addEventListener('abort', abort);
  return {
    signal: controller.signal,
    close: () => {
      clearTimeout(timer);
      sooner?.removeEventListener('abort', abort);
    },
  };
}
