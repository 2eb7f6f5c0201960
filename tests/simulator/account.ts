import { Decimal, parseDecimal, toText, ZERO } from '../../src/models/decimal.js';
import { depositRow, withdrawalRow } from './transfer-rows.js';
import type { World } from './world.js';

export type WalletName = 'UNIFIED' | 'FUND';

/** A row as it goes over the wire. */
export type Row = Record<string, unknown>;

interface Timed {
  readonly time: number;
  readonly serial: number;
  readonly row: Row;
}

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
  readonly status?: string;
  readonly fee?: string;
}

/** One account and its truth: what happened, and the balances that follow from it. */
export interface SimulatedAccount {
  readonly apiKey: string;
  readonly secret: string;
  permissions: Record<string, string[]>;
  readOnly: number;
  ips: string[];
  expired: boolean;
  readonly wallets: Readonly<Record<WalletName, Map<string, Decimal>>>;
  readonly executions: Timed[];
  readonly deposits: Timed[];
  readonly withdrawals: Timed[];
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
    trade: (order) => {
      const { time, row, moves } = execute(world, order);
      for (const [asset, amount] of moves) add('UNIFIED', asset, amount);
      account.executions.push({ time, serial: world.nextId(), row });
      return row;
    },
    deposit: (asset, amount, order = {}) => {
      const time = order.time ?? world.now();
      const serial = world.nextId();
      const row = depositRow(asset, amount, time, serial, order);
      if (row['status'] === 3) add(order.wallet ?? 'UNIFIED', asset, parseDecimal(amount));
      account.deposits.push({ time, serial, row });
      return row;
    },
    withdraw: (asset, amount, order = {}) => {
      const time = order.time ?? world.now();
      const serial = world.nextId();
      const row = withdrawalRow(asset, amount, time, serial, order);
      const gone = parseDecimal(amount).plus(order.fee ?? '0');
      if (!/^(Fail|Reject|CancelByUser)$/.test(String(row['status'])))
        add(order.wallet ?? 'UNIFIED', asset, gone.negated());
      account.withdrawals.push({ time, serial, row });
      return row;
    },
    move: (asset, amount, from, to) => {
      add(from, asset, parseDecimal(amount).negated());
      add(to, asset, parseDecimal(amount));
    },
  };
  return account;
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
  return { time, row, moves };
}

/** The fee's size in a coin that is no part of the trade, by its own market. */
function thirdCoin(world: World, asset: string, quote: string, value: Decimal, time: number): Decimal {
  return value.div(world.priceAt(`${asset}${quote}`, time)).toDecimalPlaces(8);
}
