import { toText } from '../models/decimal.js';
import type {
  TransferredCost,
  DayResult,
  LedgerState,
  MissingAcquisition,
  Lot,
  Totals,
  UnvaluedEvent,
} from '../models/pool.js';
import { lastOfEach } from './event-rows.js';
import { isoTime } from './times.js';

/** What keeping the books of an account has changed; everything after `after` (ms) is replaced. */
export interface LedgerCommit {
  /** Time of the checkpoint that was gone on from; undefined: from the beginning. */
  readonly after: number | undefined;
  readonly settings: string;
  /** The newest arrival that is reckoned in, besides what is committed with it. */
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
  /** What was reckoned in of transfers between own accounts, by direction and id. */
  readonly resolutions: readonly {
    readonly direction: string;
    readonly id: string;
    readonly resolution: string;
  }[];
}

const DAY_MS = 86_400_000;

/** The books as rows of JSON, amounts as text. */
export const ledgerRows = (ledger: LedgerCommit) => ({
  settings: ledger.settings,
  arrival: ledger.arrival,
  pools: ledger.pools.map(({ total, ...pool }) => ({
    asset: pool.asset,
    cash: pool.cash,
    quantity: toText(pool.quantity),
    cost: toText(pool.cost),
    gross_cost: toText(pool.grossCost),
    unknown_quantity: toText(pool.unknownQuantity),
    estimated_quantity: toText(pool.estimatedQuantity),
    estimated_cost: toText(pool.estimatedCost),
    ...totalsRow(total),
  })),
  days: ledger.days.map(({ day, asset, totals }) => ({
    day: isoTime(day * DAY_MS).slice(0, 10),
    asset,
    ...totalsRow(totals),
  })),
  missing: lastOfEach(ledger.missing, ({ event, asset }) => `${event} ${asset}`).map((gap) => ({
    ...gap,
    time: isoTime(gap.time),
    found: toText(gap.found),
    missing: toText(gap.missing),
  })),
  unvalued: lastOfEach(ledger.unvalued, ({ event, asset }) => `${event} ${asset}`).map((event) => ({
    ...event,
    time: isoTime(event.time),
  })),
  transferred_costs: [...ledger.transferredCosts].map(([id, carried]) => ({
    withdrawal_id: id,
    time: isoTime(carried.time),
    carried,
  })),
  checkpoints: ledger.checkpoints.flatMap((state) =>
    state.time === undefined ? [] : [{ time: isoTime(state.time), state: { books: state.pools } }],
  ),
  dropped: ledger.dropped.map(isoTime),
  resolutions: ledger.resolutions,
});

const totalsRow = (totals: Totals) => ({
  realized_trade: toText(totals.trade),
  realized_fee: toText(totals.fee),
  realized_income: toText(totals.income),
  realized_transfer_fee: toText(totals.transferFee),
  unmatched_proceeds: toText(totals.unmatchedProceeds),
  fees_paid: toText(totals.feesPaid),
  deposits: toText(totals.deposits),
  withdrawals: toText(totals.withdrawals),
  book_value: toText(totals.book),
  unvalued_quantity: toText(totals.unvaluedQuantity),
  gross_gain: toText(totals.grossGain),
  estimated_sold: toText(totals.estimatedSold),
  unvalued_moved: toText(totals.unvaluedMoved),
  missing: toText(totals.missing),
});
