import { ping } from '../../monitoring/ping.js';
import { saveMetrics } from './sync-metrics.js';
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
/** The limit for a run that was stopped: its caller is waiting. */
const HURRIED_LIMIT_MS = 3_000;

export interface RunWatch {
  readonly runId: string;
  /** Whether anybody asks how the accounts stand. */
  readonly measures: boolean;
  /** What the run has found so far; it may end at any moment. */
  readonly note: (seen: Partial<RunSeen>) => void;
}

/**
 * Runs `work` and reports it: a ping at the start, then the metrics file and a ping at the end. Neither changes
 * how the run ends; their failures are warnings. A dry run is not reported.
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
  const monitor = pingUrl && openMonitor(pingUrl, runId);
  const notify = async (exitCode: number) => {
    if (metricsFile !== undefined) await writeMetrics(metricsFile, options, seen, exitCode);
    await monitor?.ended(exitCode, seen.stopped);
  };
  let exitCode;
  try {
    exitCode = await work({ runId, measures: metricsFile !== undefined, note });
  } catch (error) {
    await notify(exitOfError(error));
    throw error;
  }
  await notify(exitCode);
  return exitCode;
}

/** Also if the rest of the configuration is invalid: that should be reported too. */
function settingsOf({ dryRun, metricsFile }: SyncOptions): MonitoringSettings {
  const none: MonitoringSettings = { metricsFile: undefined, pingUrl: undefined };
  if (dryRun) return none;
  const parsed = parseMonitoring(environment());
  const settings = parsed.ok ? parsed.value : none;
  return metricsFile === undefined ? settings : { ...settings, metricsFile };
}

function environment(): Env {
  try {
    return loadEnvironment().env;
  } catch {
    return processEnvironment;
  }
}

/** The start ping is sent while the run continues, and awaited before the end ping. */
function openMonitor(url: URL, runId: string) {
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
      if (unheard !== undefined) await warn(`the ping to ${url.host} failed: ${unheard}`);
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
