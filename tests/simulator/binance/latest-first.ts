import type { Event } from '../events.js';

/** Those of a window, both ends included. */
export const latestFirst = <Kind extends Event>(events: readonly Kind[], from: number, to: number): Kind[] =>
  events
    .filter(({ time }) => time >= from && time <= to)
    .sort((a, b) => b.time - a.time || b.serial - a.serial);
