import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LogSettings } from './config/settings.js';
import type { Log, LogLevel } from './models/log.js';
import type { Redact } from './redaction.js';

export interface Logger {
  readonly log: Log;
  /** Resolves once everything is written, or after a bound. */
  readonly close: () => Promise<void>;
}

const FILE_BYTES = 5 * 1024 * 1024;
const FILES = 5;
const CLOSE_BOUND_MS = 2_000;

export interface LoggerOptions {
  readonly settings: LogSettings;
  readonly redact: Redact;
  /** Fields of every line, such as the run's id. */
  readonly fields: Readonly<Record<string, string>>;
  /** Off a terminal nothing but the command's report of failures reaches stderr, so that cron mails those alone. */
  readonly terminal: boolean;
}

/**
 * winston to stderr and to a rotated JSON file; it is loaded here because a run of `--help` needs no log.
 * Errors reach stderr by the command's own report, once.
 */
export async function createLogger({ settings, redact, fields, terminal }: LoggerOptions): Promise<Logger> {
  const { default: winston } = await import('winston');
  const { combine, timestamp, printf } = winston.format;
  mkdirSync(dirname(settings.file), { recursive: true, mode: 0o700 });
  const json = printf((info) => redact(JSON.stringify({ ...fields, ...info })));
  const spoken = winston.format((info) => (info.level === 'error' ? false : info));
  const line = combine(
    spoken(),
    printf(({ level, message }) => redact(`${level}: ${String(message)}`)),
  );
  const file = new winston.transports.File({
    filename: settings.file,
    level: settings.level,
    format: combine(timestamp(), json),
    maxsize: FILE_BYTES,
    maxFiles: FILES,
    tailable: true,
    options: { flags: 'a', mode: 0o600 },
  });
  const logger = winston.createLogger({ levels: winston.config.npm.levels }).add(file);
  if (terminal || settings.explicit) logger.add(stderrTransport(winston, settings.level, line));
  // A log that cannot be written must not change what the run does.
  logger.on('error', () => undefined);
  file.on('error', () => undefined);
  return {
    log: (level, message, more = {}) => void logger.log({ level, message, ...more }),
    close: () => closed(logger),
  };
}

function stderrTransport(
  winston: typeof import('winston'),
  level: LogLevel,
  format: import('winston').Logform.Format,
) {
  return new winston.transports.Console({
    level,
    format,
    stderrLevels: ['error', 'warn', 'info', 'debug'],
    forceConsole: true,
  });
}

function closed(logger: {
  end: () => unknown;
  once: (event: 'finish', fn: () => void) => unknown;
}): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, CLOSE_BOUND_MS).unref();
    logger.once('finish', resolve);
    logger.end();
  });
}
