import type { WalletAge } from '../../models/portfolio.js';
import { fetchWallets } from '../../repository/wallets.js';
import { shortDuration } from '../../models/duration.js';
import { type InspectStored, nameFor, result } from './check.js';

/** How old the reading of each wallet is: one that cannot be read keeps its last balances. */
export const inspectWallets: InspectStored = async (sql, { id }, { now, maxAge }) => {
  const name = nameFor('wallets', id);
  const wallets = await fetchWallets(sql, id);
  if (wallets.length === 0) return undefined;
  const old = wallets.filter(({ readAt }) => readAt === undefined || now - readAt > maxAge);
  if (old.length === 0) return result(name, 'ok', wallets.map((one) => ageText(one, now)).join(', '));
  return result(name, 'warning', old.map((one) => ageText(one, now)).join(', '), {
    remedy: `The last known balances are used until the wallet can be read. See the output of exchange-sync sync -e ${id}`,
  });
};

function ageText({ wallet, readAt, failure }: WalletAge, now: number): string {
  const age =
    readAt === undefined ? 'was never read' : `was read ${shortDuration(Math.max(0, now - readAt))} ago`;
  return `${wallet} ${age}${failure === undefined ? '' : ` (${failure})`}`;
}
