/** timestamptz columns as text that PostgreSQL reads exactly; our times are ms since 1970. */
export const isoTime = (ms: number): string => new Date(ms).toISOString();

export const msOf = (time: Date): number => time.getTime();

export const msOrNone = (time: Date | null): number | undefined =>
  time === null ? undefined : time.getTime();
