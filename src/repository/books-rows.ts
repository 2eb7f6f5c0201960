import { DAY_MS, isoDay } from '../models/day.js';
import type {
  Carried,
  DayResult,
  LedgerState,
  MissingAcquisition,
  Parcel,
  Tally,
  UnvaluedEvent,
} from '../models/pool.js';
import {
  CARRIED_COSTS,
  DAILY_RESULTS,
  MISSING_ACQUISITIONS,
  POOLS,
  TRANSFER_RESOLUTIONS,
  UNVALUED_EVENTS,
} from './ledger-tables.js';
import { rowsOf } from './table.js';
import { isoTime } from './times.js';

/** What keeping the books of an account has changed; everything after `after` (ms) is replaced. */
export interface BooksCommit {
  /** Time of the checkpoint that was gone on from; undefined: from the beginning. */
  readonly after: number | undefined;
  readonly settings: string;
  /** The newest arrival that is reckoned in, besides what is committed with it. */
  readonly arrival: string;
  readonly pools: readonly (Parcel & {
    readonly asset: string;
    readonly cash: boolean;
    readonly total: Tally;
  })[];
  readonly days: readonly DayResult[];
  readonly missing: readonly MissingAcquisition[];
  readonly unvalued: readonly UnvaluedEvent[];
  readonly carried: ReadonlyMap<string, Carried>;
  readonly checkpoints: readonly LedgerState[];
  /** Times of the stored checkpoints that do not stay, those that lie after `after` among them. */
  readonly dropped: readonly number[];
  /** What was reckoned in of transfers between own accounts, by direction and id. */
  readonly resolutions: readonly {
    readonly direction: string;
    readonly id: string;
    readonly resolution: string;
  }[];
}

/** The ledger as rows of JSON, amounts as text. */
export const booksRows = (books: BooksCommit) => ({
  books: { settings: books.settings, arrival: books.arrival, dropped: books.dropped.map(isoTime) },
  ...rowsOf(
    POOLS,
    books.pools.map(({ total, ...pool }) => ({ ...pool, ...total })),
  ),
  ...rowsOf(
    DAILY_RESULTS,
    books.days.map(({ day, asset, tally }) => ({ day: isoDay(day * DAY_MS), asset, ...tally })),
  ),
  ...rowsOf(MISSING_ACQUISITIONS, books.missing),
  ...rowsOf(UNVALUED_EVENTS, books.unvalued),
  ...rowsOf(
    CARRIED_COSTS,
    [...books.carried].map(([id, carried]) => ({ withdrawalId: id, time: carried.time, carried })),
  ),
  ...rowsOf(TRANSFER_RESOLUTIONS, books.resolutions),
  checkpoints: books.checkpoints.flatMap((state) =>
    state.time === undefined ? [] : [{ time: isoTime(state.time), state: { books: state.books } }],
  ),
});
