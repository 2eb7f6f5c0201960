export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** Where a room says what it does; the program decides who hears it. */
export type Log = (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void;
