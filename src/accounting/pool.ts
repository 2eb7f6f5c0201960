import type { Pool, Lot } from '../models/pool.js';
import { merge, NOTHING } from './lot.js';

/** All lots of a pool together: what is held by the events, and what is known of its cost. */
export const poolOf = ({ lots }: Pick<Pool, 'lots'>): Lot => lots.reduce(merge, NOTHING);
