/**
 * Works on several items at a time, in their order. After a failure no further item is begun; its error is
 * thrown once those that were begun have ended, so that nothing continues in the background.
 */
export async function runConcurrently<T>(
  items: readonly T[],
  maxAtOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items.entries()];
  const errors: unknown[] = [];
  const worker = async () => {
    for (let next = queue.shift(); next && errors.length === 0; next = queue.shift()) {
      await work(next[1]).catch((error: unknown) => errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(maxAtOnce, items.length) }, worker));
  if (errors.length > 0) throw errors[0];
}
