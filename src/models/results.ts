import type { AccountId } from './account.js';
import type { Decimal } from './decimal.js';

/** The last so many UTC days, today among them; since 1 January; or everything. */
export type Period =
  { readonly kind: 'days'; readonly days: number } | { readonly kind: 'ytd' } | { readonly kind: 'all' };

/** What a period may be called besides a number of days. */
export const NAMED_PERIODS: ReadonlyMap<string, Period> = new Map([
  ['today', { kind: 'days', days: 1 }],
  ['year', { kind: 'days', days: 365 }],
  ['ytd', { kind: 'ytd' }],
  ['all', { kind: 'all' }],
]);

/** Whole UTC days as `2026-01-31`, both included; `from` undefined: since the first event. */
export interface DayWindow {
  readonly from: string | undefined;
  readonly to: string;
}

/** What is summed over days, in the reporting currency. */
export const SUMMED = [
  /** Realized after fees: by sales; by fees paid in the coin; by network fees, at cost; as income. */
  'sales',
  'feesInKind',
  'transferFees',
  'income',
  /** Proceeds of coins whose cost is not known: no gain, and in no other sum. */
  'unmatchedProceeds',
  /** Market value of all fees: they are in what was realized, or in the cost of what was bought. */
  'feesPaid',
  /** Market value of what came and went. */
  'deposits',
  'withdrawals',
] as const;

export type Summed = (typeof SUMMED)[number];
export type Sums = Readonly<Record<Summed, Decimal>>;

/** One asset of an account over a period. */
export interface AssetResult {
  readonly asset: string;
  readonly sums: Sums;
  /** Coins that moved at a time without a known price: no sum has them. */
  readonly unvalued: Decimal;
  /** Whether what was realized rests on an estimated cost; undefined until the next sync. */
  readonly estimated: boolean | undefined;
  /** Coins that left beyond what the history explains. */
  readonly missing: Decimal;
}

export interface TotalResult {
  readonly sums: Sums;
  /** Assets of which the sums leave something out, as its value is not known. */
  readonly leavesOut: readonly string[];
  /** Every asset is one of those: a sum of 0 then says nothing. */
  readonly nothingWhole: boolean;
}

export interface AccountResults {
  readonly account: AccountId;
  /** The first day of the window, or that of the first event. */
  readonly from: string | undefined;
  /** Time (ms) of the sync up to which things are counted. */
  readonly countedUntil: number;
  readonly assets: readonly AssetResult[];
  readonly total: TotalResult;
}

export interface Results {
  readonly window: DayWindow;
  readonly now: number;
  readonly accounts: readonly AccountResults[];
  /** Accounts that have never been synced, which the total excludes. */
  readonly absent: readonly AccountId[];
  readonly total: TotalResult;
}
