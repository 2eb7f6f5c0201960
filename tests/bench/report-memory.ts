import { writeFileSync } from 'node:fs';

/** Preloaded into a child: its peak memory in KiB goes to a file when it exits. */
process.on('exit', () => {
  const file = process.env['BENCH_MEMORY_FILE'];
  if (file) writeFileSync(file, String(process.resourceUsage().maxRSS));
});
