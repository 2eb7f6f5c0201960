import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Preloaded into a child (`node --import`): at its end HEAP_WATCH_FILE holds the most MiB that were in use after a collection. */
const EVERY_MS = 250;
const MIB = 1024 * 1024;
const path = process.env['HEAP_WATCH_FILE'];

if (path !== undefined) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let most = 0;
  setInterval(() => {
    collect();
    most = Math.max(most, process.memoryUsage().heapUsed / MIB);
  }, EVERY_MS).unref();
  process.on('exit', () => {
    writeFileSync(path, String(most));
  });
}
