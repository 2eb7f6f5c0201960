import type { DocumentFormat } from '../formats.js';

/** The options of `sync` as commander hands them over. */
export interface SyncOptions {
  readonly exchange: readonly string[];
  readonly since?: number;
  readonly envFile?: string;
  readonly dryRun?: true;
  readonly init?: true;
  readonly acceptEmpty?: true;
  /** True without assets: all of them. */
  readonly acceptUnexplained?: true | readonly string[];
  readonly timeout: number;
  readonly metricsFile?: string;
  readonly format: 'text' | 'json' | DocumentFormat;
  readonly quiet?: true;
  readonly verbose?: true;
}
