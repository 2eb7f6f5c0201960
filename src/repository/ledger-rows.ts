import { DAY_MS, isoDay } from '../models/day.js';
import type {
  TransferredCost,
  DayResult,
  LedgerState,
  MissingAcquisition,
  Lot,
  Totals,
  UnvaluedEvent,
} from '../models/pool.js';
import { transferredCostJson } from './checkpoints.js';
import {
  CARRIED_COSTS,
  DAILY_RESULTS,
  MISSING_ACQUISITIONS,
  POOLS,
  TRANSFER_RESOLUTIONS,
  UNVALUED_EVENTS,
} from './ledger-tables.js';
import { mergedRecord, rowsOf } from './table.js';
import { isoTime } from './times.js';

/** What an update of the ledger of an account has changed; everything after `after` (ms) is replaced. */
export interface LedgerCommit {
  /** Time of the checkpoint that was gone on from; undefined: from the beginning. */
  readonly after: number | undefined;
  readonly settings: string;
  /** The newest arrival that is applied, besides what is committed with it. */
  readonly arrival: string;
  readonly pools: readonly (Lot & {
    readonly asset: string;
    readonly cash: boolean;
    readonly total: Totals;
  })[];
  readonly days: readonly DayResult[];
  readonly missing: readonly MissingAcquisition[];
  readonly unvalued: readonly UnvaluedEvent[];
  readonly transferredCosts: ReadonlyMap<string, TransferredCost>;
  readonly checkpoints: readonly LedgerState[];
  /** Times of the stored checkpoints that do not stay, those that lie after `after` among them. */
  readonly dropped: readonly number[];
  /** What was applied of transfers between own accounts, by direction and id. */
  readonly resolutions: readonly {
    readonly direction: string;
    readonly id: string;
    readonly resolution: string;
  }[];
}

/** The ledger as rows of JSON, amounts as text. */
export const ledgerRows = (ledger: LedgerCommit) => ({
  ledger: { settings: ledger.settings, arrival: ledger.arrival, dropped: ledger.dropped.map(isoTime) },
  ...rowsOf(
    POOLS,
    ledger.pools.map(({ total, ...pool }) => mergedRecord(POOLS, pool, total)),
  ),
  ...rowsOf(
    DAILY_RESULTS,
    ledger.days.map(({ day, asset, totals }) => ({ day: isoDay(day * DAY_MS), asset, ...totals })),
  ),
  ...rowsOf(MISSING_ACQUISITIONS, ledger.missing),
  ...rowsOf(UNVALUED_EVENTS, ledger.unvalued),
  ...rowsOf(
    CARRIED_COSTS,
    [...ledger.transferredCosts].map(([id, carried]) => ({
      withdrawalId: id,
      time: carried.time,
      carried: transferredCostJson(carried),
    })),
  ),
  ...rowsOf(TRANSFER_RESOLUTIONS, ledger.resolutions),
  checkpoints: ledger.checkpoints.flatMap((state) =>
    state.time === undefined ? [] : [{ time: isoTime(state.time), state: { books: state.pools } }],
  ),
});
