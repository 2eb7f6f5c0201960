import type { AccountId } from '../models/account.js';
import type { Transfer } from '../models/events.js';
import type { Carried } from '../models/pool.js';
import type { Resolution } from './event.js';
import { arrivedOf, type TransferMatch } from './match-transfers.js';

/** What a matched withdrawal carries, as far as its account has been replayed. */
export type CarriedLookup = (account: AccountId, withdrawal: string) => Carried | undefined;

/** What the matches say of a transfer of an account. */
export type Resolve = (transfer: Pick<Transfer, 'direction' | 'id'>) => Resolution | undefined;

export function resolver(
  account: AccountId,
  matches: readonly TransferMatch[],
  carriedBy: CarriedLookup,
): Resolve {
  const sent = new Map<string, TransferMatch>();
  const arrived = new Map<string, TransferMatch>();
  for (const match of matches) {
    if (match.withdrawal.account === account) sent.set(match.withdrawal.id, match);
    if (match.deposit.account === account) arrived.set(match.deposit.id, match);
  }
  return ({ direction, id }) => {
    if (direction === 'withdrawal') return sentBy(sent.get(id));
    const withdrawal = arrived.get(id)?.withdrawal;
    const carried = withdrawal && carriedBy(withdrawal.account, withdrawal.id);
    return carried && { kind: 'carried', carried };
  };
}

const sentBy = (match: TransferMatch | undefined): Resolution | undefined =>
  match && { kind: 'sent', received: arrivedOf(match.deposit), time: match.deposit.time };
