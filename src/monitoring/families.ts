import type { AccountId } from '../models/account.js';
import { type Decimal, toText } from '../models/decimal.js';
import { rounded } from '../models/figures.js';

/** The metrics of one account after a run; undefined if unknown, and then omitted. */
export interface AccountMetrics {
  /** Empty where the run failed before it knew its accounts. */
  readonly account: AccountId;
  /** ms since 1970 */
  readonly lastSuccess: number | undefined;
  /** ms since 1970 */
  readonly lastRun: number;
  readonly milliseconds: number;
  readonly inStep: boolean;
  readonly exitCode: number;
  readonly requests: number | undefined;
  readonly retries: number | undefined;
  readonly newTrades: number | undefined;
  readonly items: number | undefined;
  readonly unpricedItems: number | undefined;
  readonly value: Decimal | undefined;
  readonly realized: Decimal | undefined;
  readonly unrealized: Decimal | undefined;
  readonly driftingItems: number | undefined;
  readonly newDriftingItems: number | undefined;
  /** 0 to 1 */
  readonly costKnown: Decimal | undefined;
  /** ms since 1970 */
  readonly keyExpiresAt: number | undefined;
}

/** One metric; its name, help and type are the same for every account, as node_exporter demands. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly isMoney?: true;
  readonly valueOf: (metrics: AccountMetrics) => string | undefined;
}

export const LAST_SUCCESS = 'exchange_sync_last_success_timestamp_seconds';

/**
 * Every one of them is a gauge: a run begins and ends, so nothing here counts on from run to run. Each has
 * the account as label, so that several runs with a file each can share node_exporter's folder.
 */
export const FAMILIES: readonly Family[] = [
  {
    name: LAST_SUCCESS,
    help: 'Time of the last successful sync; a failure does not change it.',
    valueOf: ({ lastSuccess }) => seconds(lastSuccess),
  },
  {
    name: 'exchange_sync_last_run_timestamp_seconds',
    help: 'End of the last run of the account, successful or not.',
    valueOf: ({ lastRun }) => seconds(lastRun),
  },
  {
    name: 'exchange_sync_last_run_duration_seconds',
    help: 'Duration of the last run for the account.',
    valueOf: ({ milliseconds }) => seconds(milliseconds),
  },
  {
    name: 'exchange_sync_up',
    help: 'Whether the last run succeeded: 1, or 0 if it failed or a wallet could not be read.',
    valueOf: ({ inStep }) => (inStep ? '1' : '0'),
  },
  {
    name: 'exchange_sync_exit_code',
    help: 'Exit status of the last run with this account, as exchange-sync sync --help explains it.',
    valueOf: ({ exitCode }) => whole(exitCode),
  },
  {
    name: 'exchange_sync_requests',
    help: 'Requests that the last run sent to the exchange.',
    valueOf: ({ requests }) => whole(requests),
  },
  {
    name: 'exchange_sync_retries',
    help: 'Repeated requests of the last run.',
    valueOf: ({ retries }) => whole(retries),
  },
  {
    name: 'exchange_sync_new_trades',
    help: 'New trades in the last run.',
    valueOf: ({ newTrades }) => whole(newTrades),
  },
  {
    name: 'exchange_sync_items',
    help: 'Assets held.',
    valueOf: ({ items }) => whole(items),
  },
  {
    name: 'exchange_sync_unpriced_items',
    help: 'Assets held without a price; the value excludes them.',
    valueOf: ({ unpricedItems }) => whole(unpricedItems),
  },
  {
    name: 'exchange_sync_value',
    help: 'Value of the assets with a price.',
    isMoney: true,
    valueOf: ({ value }) => amount(value),
  },
  {
    name: 'exchange_sync_realized_pnl',
    help: 'Realized profit and loss since the beginning.',
    isMoney: true,
    valueOf: ({ realized }) => amount(realized),
  },
  {
    name: 'exchange_sync_unrealized_pnl',
    help: 'Unrealized profit and loss of assets with a price and a known cost.',
    isMoney: true,
    valueOf: ({ unrealized }) => amount(unrealized),
  },
  {
    name: 'exchange_sync_drifting_items',
    help: 'Assets with a balance difference that no record explains.',
    valueOf: ({ driftingItems }) => whole(driftingItems),
  },
  {
    name: 'exchange_sync_new_drifting_items',
    help: 'Assets with such a difference younger than a day.',
    valueOf: ({ newDriftingItems }) => whole(newDriftingItems),
  },
  {
    name: 'exchange_sync_cost_known_ratio',
    help: 'Share of the value with a known cost, from 0 to 1.',
    valueOf: ({ costKnown }) => amount(costKnown),
  },
  {
    name: 'exchange_sync_key_expiry_timestamp_seconds',
    help: 'Expiry of the API key; absent if the exchange does not report it.',
    valueOf: ({ keyExpiresAt }) => seconds(keyExpiresAt),
  },
];

const seconds = (milliseconds: number | undefined): string | undefined =>
  milliseconds === undefined ? undefined : `${milliseconds / 1000}`;

const whole = (count: number | undefined): string | undefined =>
  count === undefined ? undefined : `${count}`;

/** The exact digits: only the reader turns them into a float. */
const amount = (value: Decimal | undefined): string | undefined =>
  value === undefined ? undefined : toText(rounded(value));
