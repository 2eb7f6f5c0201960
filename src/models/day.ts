/** The UTC day of a time in ms, as `2024-01-31`. */
export const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The last moment, in ms since 1970, that has a year of four digits. */
export const LAST_MS = Date.UTC(10_000, 0) - 1;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
