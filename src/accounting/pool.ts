import type { Book, Parcel } from '../models/pool.js';
import { merge, NOTHING } from './parcel.js';

/** All lots of a book together: what is held by the events, and what is known of its cost. */
export const poolOf = ({ lots }: Pick<Book, 'lots'>): Parcel => lots.reduce(merge, NOTHING);
