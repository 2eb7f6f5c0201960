import type { Writable } from 'node:stream';
import type { LogSettings } from './config/settings.js';
import { LOG_FILES, LOG_FLAGS, openLog } from './log-file.js';
import type { Log } from './models/log.js';
import type { Redact } from './redaction.js';
import { printableLines } from './render/escape.js';
import { jsonLine } from './render/json/text.js';

export interface Logger {
  readonly log: Log;
  /** Why there is no log file, where there is none: a log must not change what the run does. */
  readonly unwritable: string | undefined;
  /** Resolves once everything is written, or after a bound. */
  readonly close: () => Promise<void>;
}

const FILE_BYTES = 5 * 1024 * 1024;
const CLOSE_BOUND_MS = 2_000;
export interface LoggerOptions {
  readonly settings: LogSettings;
  readonly redact: Redact;
  /** Fields of every line, such as the run's id. */
  readonly fields: Readonly<Record<string, string>>;
  /** Off a terminal nothing but the command's report of failures reaches stderr, so that cron mails those alone. */
  readonly terminal: boolean;
  /** Where lines for a person go. */
  readonly stderr: Writable;
}

/**
 * winston to stderr and to a rotated JSON file; it is loaded here because a run of `--help` needs no log.
 * Errors reach stderr by the command's own report, once. Throws 'config' as `openLog` does.
 */
export async function createLogger(options: LoggerOptions): Promise<Logger> {
  const { settings, redact, fields, terminal, stderr } = options;
  const { default: winston } = await import('winston');
  const { combine, timestamp, printf } = winston.format;
  const { filename, unwritable } = openLog(settings.file);
  const json = printf((info) => redact(jsonLine({ ...fields, ...info })));
  const spoken = winston.format((info) => (info.level === 'error' ? false : info));
  const line = combine(
    spoken(),
    printf(({ level, message }) => redact(`${level}: ${printableLines(String(message), '  ')}`)),
  );
  const logger = winston.createLogger({ levels: winston.config.npm.levels });
  if (filename !== undefined) {
    const file = new winston.transports.File({
      filename,
      level: settings.level,
      format: combine(timestamp(), json),
      maxsize: FILE_BYTES,
      maxFiles: LOG_FILES,
      tailable: true,
      options: { flags: LOG_FLAGS, mode: 0o600 },
    });
    // What fills up later is no reason to end the run either.
    file.on('error', () => undefined);
    logger.add(file);
  }
  if (terminal || settings.explicit) {
    // The progress line and the report show normal progress.
    const level = settings.explicit ? settings.level : 'warn';
    logger.add(new winston.transports.Stream({ stream: stderr, level, format: line }));
  }
  // Without any transport winston would say so on stderr with every line.
  logger.silent = logger.transports.length === 0;
  logger.on('error', () => undefined);
  return {
    log: (level, message, more = {}) => void logger.log({ level, message, ...more }),
    unwritable,
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
