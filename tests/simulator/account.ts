import { type Decimal, parseDecimal, ZERO } from './decimal.js';
import type { Event, Fill, Move, Transfer, TransferState, WalletName } from './events.js';
import { execute } from './execution.js';
import { createProducts, type Products } from './products.js';
import {
  DEPOSIT_STATUS,
  depositRow,
  depositState,
  WITHDRAWAL_STATUS,
  withdrawalRow,
  withdrawalState,
} from './transfer-rows.js';
import type { World } from './world.js';

/** A row as it goes over Bybit's wire. */
export type Row = Record<string, unknown>;

type Timed<Fact> = Event & Fact & { readonly row: Row };

export interface TradeOrder {
  readonly symbol: string;
  readonly side: 'Buy' | 'Sell';
  readonly amount: string;
  readonly price?: string;
  readonly time?: number;
  /** Default as on the exchange: what is received. */
  readonly feeAsset?: string;
  readonly feeRate?: string;
}

export interface TransferOrder {
  readonly wallet?: WalletName;
  readonly time?: number;
  /** Default: done. */
  readonly state?: TransferState;
  /** Bybit's own word, in place of a state. */
  readonly status?: string;
  readonly fee?: string;
}

/** One account and its truth: what happened, and the balances that follow from it. */
export interface SimulatedAccount extends Products {
  readonly apiKey: string;
  readonly secret: string;
  permissions: Record<string, string[]>;
  readOnly: number;
  ips: string[];
  expired: boolean;
  /** The exchange's own id of the account. */
  userId: number;
  /** The user id of the master account, of a sub-account. */
  parent: number | undefined;
  /** Paths that are refused to this key, whatever its permissions. */
  readonly refused: Set<string>;
  readonly wallets: Readonly<Record<WalletName, Map<string, Decimal>>>;
  readonly executions: Timed<Fill>[];
  readonly deposits: Timed<Transfer>[];
  readonly withdrawals: Timed<Transfer>[];
  readonly moves: Move[];
  /** US dollars in products beside the wallets, by the exchange's name of the product. */
  readonly unread: Map<string, string>;
  /** Unrealized profit of perpetuals, by settle coin. */
  readonly perpetuals: Map<string, string>;
  /** Whether the exchange's overview is refused to the key. */
  refusesOverview: boolean;
  readonly trade: (order: TradeOrder) => Row;
  readonly deposit: (asset: string, amount: string, order?: TransferOrder) => Row;
  readonly withdraw: (asset: string, amount: string, order?: TransferOrder) => Row;
  /** What was under way ends, or comes as far as this. */
  readonly settle: (row: Row, state: TransferState) => void;
  readonly move: (asset: string, amount: string, from: WalletName, to: WalletName) => void;
}

const FIRST_USER_ID = 1_448_939;

export function createAccount(world: World, apiKey: string, secret: string): SimulatedAccount {
  const wallets = { UNIFIED: new Map<string, Decimal>(), FUND: new Map<string, Decimal>() };
  const add = (wallet: WalletName, asset: string, amount: Decimal) => {
    wallets[wallet].set(asset, (wallets[wallet].get(asset) ?? ZERO).plus(amount));
  };
  const account: SimulatedAccount = {
    ...createProducts(world, wallets.UNIFIED, (asset, amount) => {
      add('UNIFIED', asset, amount);
    }),
    apiKey,
    secret,
    permissions: { Spot: ['SpotTrade'], Wallet: ['AccountTransfer'], Exchange: ['ExchangeHistory'] },
    readOnly: 1,
    ips: ['127.0.0.1'],
    expired: false,
    userId: FIRST_USER_ID + world.accounts.length,
    parent: undefined,
    refused: new Set(),
    wallets,
    executions: [],
    deposits: [],
    withdrawals: [],
    moves: [],
    unread: new Map(),
    perpetuals: new Map(),
    refusesOverview: false,
    trade: (order) => {
      const { time, row, fill, moves } = execute(world, order);
      for (const [asset, amount] of moves) add('UNIFIED', asset, amount);
      account.executions.push({ time, serial: world.nextId(), row, ...fill });
      return row;
    },
    deposit: (asset, amount, order = {}) => {
      const time = order.time ?? world.now();
      const serial = world.nextId();
      const row = depositRow(asset, amount, time, serial, order);
      const transfer = transferOf(asset, amount, order, depositState(order));
      add(transfer.wallet, asset, broughtIn(transfer));
      account.deposits.push({ time, serial, row, ...transfer });
      return row;
    },
    withdraw: (asset, amount, order = {}) => {
      const time = order.time ?? world.now();
      const serial = world.nextId();
      const row = withdrawalRow(asset, amount, time, serial, order);
      const transfer = transferOf(asset, amount, order, withdrawalState(order));
      add(transfer.wallet, asset, takenOut(transfer).negated());
      account.withdrawals.push({ time, serial, row, ...transfer });
      return row;
    },
    settle: (row, state) => {
      restate(account.deposits, row, state, (before, after) => {
        row['status'] = DEPOSIT_STATUS[state];
        add(after.wallet, after.asset, broughtIn(after).minus(broughtIn(before)));
      });
      restate(account.withdrawals, row, state, (before, after) => {
        row['status'] = WITHDRAWAL_STATUS[state];
        add(after.wallet, after.asset, takenOut(before).minus(takenOut(after)));
      });
    },
    move: (asset, amount, from, to) => {
      add(from, asset, parseDecimal(amount).negated());
      add(to, asset, parseDecimal(amount));
      const head = { time: world.now(), serial: world.nextId() };
      account.moves.push({ ...head, asset, amount: parseDecimal(amount), from, to });
    },
  };
  return account;
}

function transferOf(asset: string, amount: string, order: TransferOrder, state: TransferState): Transfer {
  const { wallet = 'UNIFIED', fee = '0' } = order;
  return { asset, amount: parseDecimal(amount), fee: parseDecimal(fee), wallet, state };
}

/** Of a deposit: what the wallet has more by it. */
const broughtIn = ({ state, amount }: Transfer): Decimal =>
  state === 'done' || state === 'credited' ? amount : ZERO;

/** Of a withdrawal: taken at once, and given back where it fails. */
const takenOut = ({ state, amount, fee }: Transfer): Decimal =>
  state === 'cancelled' || state === 'rejected' || state === 'failed' ? ZERO : amount.plus(fee);

function restate(
  transfers: Timed<Transfer>[],
  row: Row,
  state: TransferState,
  changed: (before: Transfer, after: Transfer) => void,
): void {
  const index = transfers.findIndex((transfer) => transfer.row === row);
  const before = transfers[index];
  if (!before) return;
  const after = { ...before, state };
  transfers[index] = after;
  changed(before, after);
}
