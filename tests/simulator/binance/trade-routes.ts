import type { SimulatedAccount } from '../account.js';
import type { World } from '../world.js';
import { limitOf, tradedSymbol, whole } from './parameters.js';
import { BinanceError, padded, type Params, type SignedRoute } from './wire.js';

const DAY_MS = 86_400_000;
const FIRST_TRADE_MS = 1_500_000_000_000;

/** Parameters that may stand together beside the symbol. */
const COMBINATIONS = ['', 'orderId', 'startTime', 'endTime', 'fromId', 'endTime startTime', 'fromId orderId'];

type Execution = SimulatedAccount['executions'][number];

interface Trade extends Execution {
  readonly id: number;
}

export const TRADE_ROUTES: Readonly<Record<string, SignedRoute>> = {
  '/api/v3/myTrades': {
    weight: (params) => (params.has('orderId') ? 5 : 20),
    reads: ['symbol', 'orderId', 'startTime', 'endTime', 'fromId', 'limit'],
    answer: myTrades,
  },
};

/** Ascending: the oldest from startTime or fromId on, or else the latest. */
function myTrades(world: World, account: SimulatedAccount, params: Params): object[] {
  const symbol = tradedSymbol(world, params);
  const limit = limitOf(params, 500, 1000);
  const { from, to } = windowOf(params);
  const [fromId, orderId] = [whole(params, 'fromId'), whole(params, 'orderId')];
  const found = tradesOf(account, symbol).filter(
    (trade) =>
      trade.time >= from &&
      trade.time <= to &&
      trade.id >= (fromId ?? 0) &&
      (orderId === undefined || orderIdOf(trade) === orderId),
  );
  const forward = fromId !== undefined || params.has('startTime');
  return (forward ? found.slice(0, limit) : found.slice(-limit)).map(render);
}

function windowOf(params: Params): { readonly from: number; readonly to: number } {
  const given = ['endTime', 'fromId', 'orderId', 'startTime'].filter((name) => params.has(name));
  if (!COMBINATIONS.includes(given.join(' ')))
    throw new BinanceError(-1128, 'Combination of optional parameters invalid.');
  const from = whole(params, 'startTime') ?? 0;
  const to = whole(params, 'endTime') ?? Infinity;
  if (params.has('startTime') && to !== Infinity && to - from > DAY_MS)
    throw new BinanceError(-1127, 'More than 24 hours between startTime and endTime.');
  return { from, to };
}

/** Ids rise with time; they are unique within a symbol only: two symbols may have the same. */
function tradesOf(account: SimulatedAccount, symbol: string): Trade[] {
  const sameMoment = new Map<number, number>();
  return account.executions
    .filter((execution) => execution.symbol === symbol)
    .sort((a, b) => a.time - b.time || a.serial - b.serial)
    .map((execution) => {
      const rank = sameMoment.get(execution.time) ?? 0;
      sameMoment.set(execution.time, rank + 1);
      return { ...execution, id: (execution.time - FIRST_TRADE_MS) * 1000 + rank };
    });
}

const orderIdOf = ({ serial }: Execution): number => 3_784_000_000 + serial;

const render = (trade: Trade): object => ({
  symbol: trade.symbol,
  id: trade.id,
  orderId: orderIdOf(trade),
  orderListId: -1,
  price: padded(trade.price),
  qty: padded(trade.amount),
  quoteQty: padded(trade.value),
  commission: padded(trade.fee),
  commissionAsset: trade.feeAsset,
  time: trade.time,
  isBuyer: trade.side === 'Buy',
  isMaker: false,
  isBestMatch: true,
});
