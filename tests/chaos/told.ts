import type { Story } from '../simulation/story.js';
import type { Trader } from '../simulation/trader.js';
import { type Decimal, ZERO } from '../simulator/decimal.js';
import { moveWords, tradeWords } from './words.js';

/** Something that an exchange tells of an account. */
export interface Told {
  readonly account: string;
  readonly stream: string;
  readonly time: number;
  readonly words: string;
  /** False of what brought nothing and need not be stored. */
  readonly counts: boolean;
}

type Head = Omit<Told, 'account' | 'counts'> & { readonly counts?: boolean };

/** All that is told now; what is shown later is not among it. */
export const toldNow = ({ traders }: Story): Told[] =>
  traders.flatMap((trader) =>
    [...fillsOf(trader), ...conversionsOf(trader), ...movesOf(trader)].map((one) => ({
      ...{ account: trader.id, counts: true },
      ...one,
    })),
  );

/** Binance tells of each market by itself. */
const fillsOf = ({ account, world, isBinance }: Trader): Head[] =>
  account.executions.map(({ time, symbol, side, amount, value, feeAsset, fee }) => {
    const market = world.markets.get(symbol);
    const pair = `${market?.base ?? ''}/${market?.quote ?? ''}`;
    const words = { kind: 'trade', pair, side: side.toLowerCase(), amount, value, fee, feeAsset };
    return { stream: isBinance ? `trades:${symbol}` : 'trades', time, words: tradeWords(words) };
  });

function conversionsOf({ account }: Trader): Head[] {
  const sold = { side: 'sell', feeAsset: 'BNB' };
  const converted = account.conversions.map(({ time, from, fromAmount, to, toAmount, status }) => {
    const amounts = { amount: fromAmount, value: toAmount, fee: ZERO };
    const words = tradeWords({ ...sold, kind: 'convert', pair: `${from}/${to}`, ...amounts });
    return { stream: 'converts', time, words, counts: status === 'SUCCESS' };
  });
  const swept = account.sweeps.flatMap(({ time, parts }) =>
    parts.map(({ asset, amount, gross, charge }) => {
      const words = { ...sold, kind: 'dust', pair: `${asset}/BNB`, amount, value: gross, fee: charge };
      return { stream: 'dust', time, words: tradeWords(words) };
    }),
  );
  return [...converted, ...swept];
}

interface Moved {
  readonly state?: string;
  readonly time: number;
  readonly asset: string;
  readonly amount: Decimal;
}

function movesOf({ account }: Trader): Head[] {
  const moved = (stream: string, kind: string, list: readonly Moved[]): Head[] =>
    list.map(({ time, asset, amount, state }) => {
      const words = moveWords(kind, asset, amount);
      return { stream, time, words, counts: state !== 'failed' };
    });
  return [
    ...moved('deposits', 'deposit', account.deposits),
    ...moved('deposits:internal', 'deposit', account.internalDeposits),
    ...moved('withdrawals', 'withdrawal', account.withdrawals),
    ...moved('income', 'income', account.dividends),
  ];
}
