import { type MonitoringSettings, parseMonitoring } from '../../config/monitoring-settings.js';
import type { Env } from '../../config/env.js';
import { proxyAdvice } from '../../config/network-settings.js';
import { writeOut } from '../../render/output.js';
import { fallbackRedaction, loadEnvironment, processEnvironment } from '../context.js';
import { exitOfError } from '../exit-codes.js';
import type { RunSeen } from './sync-metrics.js';
import type { SyncOptions } from './sync-options.js';

/** How long the monitor may take to hear of a run's start, and of its end. */
const PING_LIMIT_MS = 10_000;
/** Of a run that was told to stop: whoever stopped it waits. */
const HURRIED_LIMIT_MS = 3_000;

export interface RunWatch {
  readonly runId: string;
  /** Whether anybody asks how the accounts stand. */
  readonly measures: boolean;
  /** What the run has found so far; it may end at any moment. */
  readonly note: (seen: Partial<RunSeen>) => void;
}

/**
 * Runs `work` and tells those who watch how it went: the monitor, then the metrics file, then the monitor
 * again. Neither changes how the run ends; what fails there is a warning. A dry run is nobody's business.
 */
export async function monitored(
  options: SyncOptions,
  work: (watch: RunWatch) => Promise<number>,
): Promise<number> {
  const runId = crypto.randomUUID();
  const { metricsFile, pingUrl } = settingsOf(options);
  let seen: RunSeen = { startedAt: Date.now(), stopped: false };
  const note = (more: Partial<RunSeen>) => {
    seen = { ...seen, ...more };
  };
  const monitor = pingUrl && (await openMonitor(pingUrl, runId));
  const tell = async (exitCode: number) => {
    if (metricsFile !== undefined) await writeMetrics(metricsFile, options, seen, exitCode);
    await monitor?.ended(exitCode, seen.stopped);
  };
  let exitCode;
  try {
    exitCode = await work({ runId, measures: metricsFile !== undefined, note });
  } catch (error) {
    await tell(exitOfError(error));
    throw error;
  }
  await tell(exitCode);
  return exitCode;
}

/** Also where the rest of the configuration does not fit: that is what a monitor should hear of. */
function settingsOf({ dryRun, metricsFile }: SyncOptions): MonitoringSettings {
  const nobody: MonitoringSettings = { metricsFile: undefined, pingUrl: undefined };
  if (dryRun) return nobody;
  const parsed = parseMonitoring(environment());
  const settings = parsed.ok ? parsed.value : nobody;
  return metricsFile === undefined ? settings : { ...settings, metricsFile };
}

function environment(): Env {
  try {
    return loadEnvironment().env;
  } catch {
    return processEnvironment;
  }
}

/** The start is told while the run goes on, and heard of before its end is told. */
async function openMonitor(url: URL, runId: string) {
  const { ping } = await import('../../monitoring/ping.js');
  const hurry = new AbortController();
  const networkAdvice = proxyAdvice(environment(), processEnvironment, process.versions.node);
  const target = { url, runId, limitMs: PING_LIMIT_MS, ...(networkAdvice && { networkAdvice }) };
  const started = ping({ ...target, hurry: hurry.signal }, { kind: 'start' });
  return {
    ended: async (exitCode: number, stopped: boolean) => {
      if (stopped) hurry.abort();
      await started;
      const limitMs = stopped ? HURRIED_LIMIT_MS : PING_LIMIT_MS;
      const unheard = await ping({ ...target, limitMs }, { kind: 'end', exitCode });
      if (unheard !== undefined) await warn(`the monitor at ${url.host} was not told: ${unheard}`);
    },
  };
}

async function writeMetrics(
  path: string,
  { exchange }: SyncOptions,
  seen: RunSeen,
  exitCode: number,
): Promise<void> {
  try {
    const { saveMetrics } = await import('./sync-metrics.js');
    saveMetrics(path, exchange, seen, exitCode);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await warn(`the metrics file was not written: ${reason}`);
  }
}

async function warn(what: string): Promise<void> {
  const text = fallbackRedaction()(`Warning: ${what}. The sync itself is not affected.\n`);
  await writeOut(text, process.stderr).catch(() => undefined);
}
