import type { Row, TradeOrder } from './account.js';
import { type Decimal, parseDecimal, toText } from './decimal.js';
import type { Fill } from './events.js';
import type { World } from './world.js';

/** What an order does, and its row as it goes over Bybit's wire. */
export function execute(world: World, order: TradeOrder) {
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
