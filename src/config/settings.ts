import { oneOf, parseBoolean } from './choices.js';
import { all, type Parsed, valid } from './problems.js';
import { logFile } from './directories.js';
import { type MonitoringSettings, parseMonitoring } from './monitoring-settings.js';
import { parseNetwork } from './network-settings.js';
import { parsePaths } from './paths.js';
import type { Env } from './env.js';
import type { LogLevel } from '../models/log.js';

const LOG_LEVELS: readonly LogLevel[] = ['error', 'warn', 'info', 'debug'];

export interface LogSettings {
  readonly level: LogLevel;
  /** True where the user asked for this level; then a run without a terminal speaks at it too. */
  readonly explicit: boolean;
  /** undefined if no folder for it is known. */
  readonly file: string | undefined;
}

/** How values are worked out; a wrong choice is refused, never ignored. */
export interface AccountingChoices {
  readonly reportingCurrency: 'USD';
  readonly stablecoins: 'peg';
  readonly method: 'average' | 'fifo' | 'lifo' | 'hifo';
  readonly depositCost: 'market' | 'unknown' | 'zero';
  readonly gapCost: 'exclude' | 'zero';
}

export interface Settings {
  readonly log: LogSettings;
  readonly accounting: AccountingChoices;
  /** A key that can withdraw is refused unless its owner insists. */
  readonly allowWithdrawKeys: boolean;
  /** EXCHANGE_SYNC_ENABLED of AlphaPulse: false turns every sync off. */
  readonly isEnabled: boolean;
  readonly monitoring: MonitoringSettings;
}

export function parseSettings(env: Env): Parsed<Settings> {
  const parts = all(
    oneOf(env, 'EXCHANGE_SYNC_LOG_LEVEL', LOG_LEVELS, 'info'),
    oneOf(env, 'REPORTING_CURRENCY', ['USD'], 'USD', ONLY_USD),
    oneOf(env, 'STABLECOINS', ['peg'], 'peg', ONLY_PEG),
    oneOf(env, 'COST_METHOD', ['average', 'fifo', 'lifo', 'hifo'], 'average'),
    oneOf(env, 'DEPOSIT_COST', ['market', 'unknown', 'zero'], 'market'),
    oneOf(env, 'GAP_COST', ['exclude', 'zero'], 'exclude'),
    parseBoolean(env, 'EXCHANGE_SYNC_ALLOW_WITHDRAW_KEYS', false),
    parseBoolean(env, 'EXCHANGE_SYNC_ENABLED', true),
    parseMonitoring(env),
    parseNetwork(env),
    parsePaths(env),
  );
  if (!parts.ok) return parts;
  const [
    level,
    reportingCurrency,
    stablecoins,
    method,
    depositCost,
    gapCost,
    allowWithdrawKeys,
    isEnabled,
    monitoring,
  ] = parts.value;
  return valid({
    log: { level, explicit: Boolean(env['EXCHANGE_SYNC_LOG_LEVEL']), file: logFile(env) },
    accounting: { reportingCurrency, stablecoins, method, depositCost, gapCost },
    allowWithdrawKeys,
    isEnabled,
    monitoring,
  });
}

/** The accounting supports other values; the exchanges' data and the stored data do not. */
const ONLY_USD = 'prices, costs and snapshots are stored in US dollars, and two currencies must not be mixed';
const ONLY_PEG =
  'exchanges quote stablecoins only in one another, not in US dollars; a lost peg is reported as a warning';
