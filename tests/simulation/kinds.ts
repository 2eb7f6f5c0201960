import { convert, earn, receiveFromUser, reward, sweep } from './converting.js';
import { deposit, send, shift, withdraw } from './moving.js';
import type { AccountName } from './shape.js';
import type { Trader } from './trader.js';
import { burst, exit, trade } from './trading.js';

export type Kind = (trader: Trader) => void;
type Weighted = readonly (readonly [number, Kind])[];
type Way = (from: Trader, to: Trader) => void;

/** How much of all that happens is whose. */
export const ACTIVITY: Readonly<Record<AccountName, number>> = { bybit: 50, 'bybit/sub1': 15, binance: 35 };

/** How often what happens, for each exchange. */
const COMMON: Weighted = [
  [60, trade],
  [4, burst],
  [2, exit],
  [3, deposit],
  [3, withdraw],
  [3, convert],
  [3, sweep],
  [2, shift],
];
const BYBIT: Weighted = [...COMMON, [3, receiveFromUser]];
const BINANCE: Weighted = [...COMMON, [5, reward], [2, earn]];

/** What happens to an account; nothing is sent where there is no other. */
export function kindsOf(trader: Trader, traders: readonly Trader[], sendUnnamed: Way): Weighted {
  const to = (id: AccountName, weight: number, way: Way): Weighted => {
    const receiver = traders.find((one) => one.id === id);
    if (!receiver) return [];
    const kind: Kind = (from) => {
      way(from, receiver);
    };
    return [[weight, kind]];
  };
  const kinds: Readonly<Record<AccountName, Weighted>> = {
    bybit: [...BYBIT, ...to('bybit/sub1', 3, send), ...to('bybit/sub1', 3, sendUnnamed)],
    'bybit/sub1': [...BYBIT, ...to('bybit', 4, send)],
    binance: BINANCE,
  };
  return kinds[trader.id];
}
