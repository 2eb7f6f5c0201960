import { setTimeout as wait } from 'node:timers/promises';

/**
 * Keeps requests apart, each for its cost, by a clock that nobody sets. ccxt's own throttle goes by the
 * machine's: where that is set back by an hour, it lets nothing through for an hour.
 */
export function createThrottle(msPerCost: number) {
  let freeAt = 0;
  return async (cost = 1): Promise<void> => {
    const now = performance.now();
    const waitMs = freeAt - now;
    freeAt = Math.max(freeAt, now) + cost * msPerCost;
    if (waitMs > 0) await wait(waitMs);
  };
}
