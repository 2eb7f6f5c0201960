import { type Decimal, Exact, toText } from '../simulator/decimal.js';
import { objectsIn, type Sent } from './sent.js';

interface Told {
  readonly path: string;
  readonly coin: string;
  readonly fields: readonly string[];
}

/** Where a wallet's coins are told, read by nothing of the program's own. */
const TOLD: Readonly<Record<string, Told>> = {
  UNIFIED: { path: '/v5/account/wallet-balance', coin: 'coin', fields: ['walletBalance'] },
  FUND: {
    path: '/v5/asset/transfer/query-account-coins-balance',
    coin: 'coin',
    fields: ['walletBalance'],
  },
  SPOT: { path: '/api/v3/account', coin: 'asset', fields: ['free', 'locked'] },
  FUNDING: {
    path: '/sapi/v1/asset/get-funding-asset',
    coin: 'asset',
    fields: ['free', 'locked', 'freeze', 'withdrawing'],
  },
  EARN_FLEXIBLE: { path: '/sapi/v1/simple-earn/flexible/position', coin: 'asset', fields: ['totalAmount'] },
  EARN_LOCKED: { path: '/sapi/v1/simple-earn/locked/position', coin: 'asset', fields: ['amount'] },
};
/** Whether a wallet is told by it. */
export const tellsWallet = (path: string): boolean => Object.values(TOLD).some((told) => told.path === path);

/** The spot account tells a flexible position under such a name. */
const EARN_MARK = 'LD';

/** What a wallet can hold of a coin by the answers that were sent: a sum for each. */
export function toldBalances(sent: Sent, wallet: string, asset: string): ReadonlySet<string> {
  const own = sumsOf(sent, TOLD[wallet], asset);
  const marked = wallet === 'EARN_FLEXIBLE' ? sumsOf(sent, TOLD['SPOT'], `${EARN_MARK}${asset}`) : [];
  return new Set([...own, ...marked]);
}

function sumsOf(sent: Sent, told: Told | undefined, asset: string): string[] {
  if (!told) return [];
  return sent.answers(told.path).flatMap((answer) => {
    const rows = objectsIn(answer).filter((row) => storable(row[told.coin]) === asset);
    const amounts = rows.flatMap((row) => told.fields.map((field) => amountIn(row[field])));
    return rows.length === 0 ? [] : [toText(amounts.reduce((sum, amount) => sum.plus(amount), new Exact(0)))];
  });
}

const storable = (text: unknown): string | undefined =>
  typeof text === 'string' ? text.replace(/[\0\p{Surrogate}]/gu, '\uFFFD') : undefined;

function amountIn(text: unknown): Decimal {
  try {
    return new Exact(typeof text === 'string' && text !== '' ? text : '0');
  } catch {
    return new Exact(NaN);
  }
}
