import { Decimal, parseDecimal, toText, ZERO } from './decimal.js';
import type { Event, Fill, Move, Transfer, TransferState, WalletName } from './events.js';
import { createProducts, type Products } from './products.js';
import { depositRow, depositState, withdrawalRow, withdrawalState } from './transfer-rows.js';
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
  readonly wallets: Readonly<Record<WalletName, Map<string, Decimal>>>;
  readonly executions: Timed<Fill>[];
  readonly deposits: Timed<Transfer>[];
  readonly withdrawals: Timed<Transfer>[];
  readonly moves: Move[];
  readonly trade: (order: TradeOrder) => Row;
  readonly deposit: (asset: string, amount: string, order?: TransferOrder) => Row;
  readonly withdraw: (asset: string, amount: string, order?: TransferOrder) => Row;
  readonly move: (asset: string, amount: string, from: WalletName, to: WalletName) => void;
}

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
    wallets,
    executions: [],
    deposits: [],
    withdrawals: [],
    moves: [],
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
      if (/^(done|credited)$/.test(transfer.state)) add(transfer.wallet, asset, transfer.amount);
      account.deposits.push({ time, serial, row, ...transfer });
      return row;
    },
    withdraw: (asset, amount, order = {}) => {
      const time = order.time ?? world.now();
      const serial = world.nextId();
      const row = withdrawalRow(asset, amount, time, serial, order);
      const transfer = transferOf(asset, amount, order, withdrawalState(order));
      if (!/^(cancelled|rejected|failed)$/.test(transfer.state))
        add(transfer.wallet, asset, transfer.amount.plus(transfer.fee).negated());
      account.withdrawals.push({ time, serial, row, ...transfer });
      return row;
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

function execute(world: World, order: TradeOrder) {
  const market = world.markets.get(order.symbol);
  if (!market) throw new Error(`no market ${order.symbol}`);
  const time = order.time ?? world.now();
  const amount = parseDecimal(order.amount);
  const price = parseDecimal(order.price ?? world.priceAt(order.symbol, time));
  const value = amount.times(price);
  const sign = order.side === 'Buy' ? 1 : -1;
  const received = order.side === 'Buy' ? market.base : market.quote;
  const feeAsset = order.feeAsset ?? received;
  const rate = parseDecimal(order.feeRate ?? '0.001');
  const feeBasis =
    feeAsset === market.base
      ? amount
      : feeAsset === market.quote
        ? value
        : thirdCoin(world, feeAsset, market.quote, value, time);
  const fee = feeBasis.times(rate);
  const moves: [string, Decimal][] = [
    [market.base, amount.times(sign)],
    [market.quote, value.times(-sign)],
    [feeAsset, fee.negated()],
  ];
  const serial = world.nextId();
  const row: Row = {
    symbol: order.symbol,
    orderType: 'Market',
    underlyingPrice: '',
    orderLinkId: String(1_600_000_000_000_000_000n + BigInt(serial)),
    orderId: String(1_700_000_000_000_000_000n + BigInt(serial)),
    stopOrderType: '',
    execTime: String(time),
    feeCurrency: feeAsset,
    feeRate: toText(rate),
    tradeIv: '',
    blockTradeId: '',
    markPrice: '',
    execPrice: toText(price),
    markIv: '',
    orderQty: toText(amount),
    orderPrice: toText(price),
    execValue: toText(value),
    closedSize: '',
    execType: 'Trade',
    seq: 820_177_000 + serial,
    side: order.side,
    indexPrice: '',
    leavesQty: '0',
    isMaker: false,
    execFee: toText(fee),
    execId: String(2_110_000_000_000_000_000n + BigInt(serial)),
    marketUnit: 'baseCoin',
    execQty: toText(amount),
    extraFees: '',
  };
  const { symbol, side } = order;
  const fill: Fill = { symbol, side, amount, price, value, feeAsset, fee };
  return { time, row, fill, moves };
}

/** The fee's size in a coin that is no part of the trade, by its own market. */
function thirdCoin(world: World, asset: string, quote: string, value: Decimal, time: number): Decimal {
  return value.div(world.priceAt(`${asset}${quote}`, time)).toDecimalPlaces(8);
}
