import type { Decimal } from '../models/decimal.js';
import type { Book, Parcel } from '../models/pool.js';
import { merge, NOTHING } from './parcel.js';

/** All lots of a book together: what is held by the events, and what is known of its cost. */
export const poolOf = ({ lots }: Book): Parcel => lots.reduce(merge, NOTHING);

/** What is held by the events, of cash too. */
export const quantityOf = (book: Book): Decimal => (book.cash ? book.balance : poolOf(book).quantity);
