import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import type { CheckResult } from '../../models/check.js';
import { type Check, result } from './check.js';

const READ_BY_NODE_EXPORTER = '.prom';

/** Whether a sync can write its metrics where node_exporter finds them; nothing where none are asked for. */
export const metrics: Check = {
  subjects: ['metrics'],
  run: ({ settings }) => {
    const file = settings.ok ? settings.value.monitoring.metricsFile : undefined;
    return Promise.resolve(file === undefined ? [] : [fileResult(file)]);
  },
};

function fileResult(file: string): CheckResult {
  if (!file.endsWith(READ_BY_NODE_EXPORTER)) {
    return result('metrics', 'warning', `node_exporter does not read ${file}`, {
      remedy: `Let EXCHANGE_SYNC_METRICS_FILE end in ${READ_BY_NODE_EXPORTER}.`,
    });
  }
  const folder = dirname(file);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return result('metrics', 'ok', `${file} can be written`);
  } catch (error) {
    return result('metrics', 'warning', `${file} cannot be written: ${(error as Error).message}`, {
      remedy: `mkdir -p ${folder}, and give the user of cron write permission; or choose another EXCHANGE_SYNC_METRICS_FILE.`,
    });
  }
}
