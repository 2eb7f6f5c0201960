const PAUSE_MS = 50;
const LIMIT_MS = 30_000;

/** What `look` finds once it finds something. */
export async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let waited = 0; waited < LIMIT_MS; waited += PAUSE_MS) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`it did not happen within ${LIMIT_MS / 1000} s`);
}
