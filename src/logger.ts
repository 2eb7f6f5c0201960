import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LogSettings } from './config/settings.js';
import type { Redact } from './redaction.js';

export type Level = 'error' | 'warn' | 'info' | 'debug';

export interface Logger {
  readonly log: (level: Level, message: string, fields?: Readonly<Record<string, unknown>>) => void;
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
  /** Off a terminal only errors reach stderr, so that cron mails failures alone. */
  readonly terminal: boolean;
}

/** winston to stderr and to a rotated JSON file; it is loaded here because a run of `--help` needs no log. */
export async function createLogger({ settings, redact, fields, terminal }: LoggerOptions): Promise<Logger> {
  const { default: winston } = await import('winston');
  const { combine, timestamp, printf } = winston.format;
  mkdirSync(dirname(settings.file), { recursive: true, mode: 0o700 });
  const json = printf((info) => redact(JSON.stringify({ ...fields, ...info })));
  const line = printf(({ level, message }) => redact(`${level}: ${String(message)}`));
  const stderrLevel = terminal || settings.explicit ? settings.level : 'error';
  const file = new winston.transports.File({
    filename: settings.file,
    level: settings.level,
    format: combine(timestamp(), json),
    maxsize: FILE_BYTES,
    maxFiles: FILES,
    tailable: true,
    options: { flags: 'a', mode: 0o600 },
  });
  const stderr = new winston.transports.Console({
    level: stderrLevel,
    format: line,
    stderrLevels: ['error', 'warn', 'info', 'debug'],
    forceConsole: true,
  });
  const logger = winston.createLogger({ levels: winston.config.npm.levels, transports: [file, stderr] });
  // A log that cannot be written must not change what the run does.
  logger.on('error', () => undefined);
  file.on('error', () => undefined);
  return {
    log: (level, message, more = {}) => void logger.log({ level, message, ...more }),
    close: () => closed(logger),
  };
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
