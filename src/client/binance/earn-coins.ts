import type { WalletBalance, WalletReading } from '../../models/holdings.js';
import type { Markets } from '../markets.js';
import { FLEXIBLE } from './streams.js';

export const SPOT = 'SPOT';

const MARK = 'LD';

type Read = Extract<WalletReading, { status: 'read' }>;

/**
 * The spot account shows a flexible earn position a second time, as a coin of its own: LDBTC. Each is
 * counted once, in the wallet of flexible positions: as it was read there, else by what the spot account
 * shows. So a position is never in two wallets, whichever of them was readable when.
 */
export function foldEarnCoins(
  readings: readonly WalletReading[],
  markets: Markets,
): readonly WalletReading[] {
  const [spot, flexible] = [readOf(readings, SPOT), readOf(readings, FLEXIBLE)];
  const positions = flexible?.balances ?? [];
  const coins = coinsOf(markets);
  const known = new Set(positions.map(({ asset }) => asset));
  const shown = spot?.balances.filter(({ rawCode }) => isEarnCoin(rawCode, coins, known)) ?? [];
  if (!spot || shown.length === 0) return readings;
  const missing = shown.map(unmarked).filter(({ asset }) => !known.has(asset));
  const folded = new Set(shown);
  const settled: Readonly<Record<string, WalletReading>> = {
    [SPOT]: { ...spot, balances: spot.balances.filter((balance) => !folded.has(balance)) },
    [FLEXIBLE]: { ...(flexible ?? spot), wallet: FLEXIBLE, balances: [...positions, ...missing] },
  };
  return readings.map((reading) => settled[reading.wallet] ?? reading);
}

const readOf = (readings: readonly WalletReading[], name: string): Read | undefined =>
  readings.find((reading): reading is Read => reading.wallet === name && reading.status === 'read');

const coinsOf = (markets: Markets): ReadonlySet<string> =>
  new Set([...markets.values()].flatMap(({ base, quote }) => [base, quote]));

/** LDO is a coin with markets of its own. */
function isEarnCoin(code: string, coins: ReadonlySet<string>, positions: ReadonlySet<string>): boolean {
  const coin = code.slice(MARK.length);
  return code.startsWith(MARK) && !coins.has(code) && (coins.has(coin) || positions.has(coin));
}

const unmarked = (balance: WalletBalance): WalletBalance => ({
  ...balance,
  asset: balance.rawCode.slice(MARK.length),
});
