/**
 * Preloaded into a process, as CommonJS, which needs less memory than an ES module: writes its peak memory in KiB
 * into the file that PEAK_MEMORY_FILE names. VmHWM is of the program alone; maxRSS, for systems without /proc,
 * begins at the memory of the process that started it.
 */
export const REPORT_PEAK_MEMORY = `process.on('exit', () => {
  const { existsSync, readFileSync, writeFileSync } = require('fs');
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const [, peak = process.resourceUsage().maxRSS] = /^VmHWM:\\s*(\\d+) kB$/m.exec(status) ?? [];
  writeFileSync(process.env.PEAK_MEMORY_FILE, String(peak));
});`;
