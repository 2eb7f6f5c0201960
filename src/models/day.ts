/** The UTC day of a time in ms, as `2024-01-31`. */
export const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);
