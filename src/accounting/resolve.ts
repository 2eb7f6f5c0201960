import type { AccountId } from '../models/account.js';
import type { AccountEvent } from '../models/account-event.js';
import type { Decimal } from '../models/decimal.js';
import type { TransferredCost } from '../models/pool.js';
import { arrivedOf, type TransferMatch } from './match-transfers.js';

/**
 * What a match with a transfer of another own account adds to an event: to a deposit the cost of its coins
 * where they came from, to a withdrawal what of it arrived, and when (ms). It is stored as JSON by these names.
 */
export type Resolution =
  | { readonly kind: 'carried'; readonly carried: TransferredCost }
  | { readonly kind: 'sent'; readonly received: Decimal; readonly time: number };

/** An event as the ledger takes it: only deposits and withdrawals have a resolution. */
export interface ResolvedEvent extends AccountEvent {
  readonly resolution?: Resolution | undefined;
}

/** The cost that goes with a matched withdrawal; undefined until its account has been replayed. */
export type TransferredCostLookup = (account: AccountId, withdrawal: string) => TransferredCost | undefined;

/** The resolution of an event of an account; undefined without a match. */
export type Resolve = (event: Pick<AccountEvent, 'type' | 'id'>) => Resolution | undefined;

export function resolver(
  account: AccountId,
  matches: readonly TransferMatch[],
  transferredBy: TransferredCostLookup,
): Resolve {
  const sent = new Map<string, TransferMatch>();
  const arrived = new Map<string, TransferMatch>();
  for (const match of matches) {
    if (match.withdrawal.account === account) sent.set(match.withdrawal.id, match);
    if (match.deposit.account === account) arrived.set(match.deposit.id, match);
  }
  return ({ type, id }) => {
    if (type === 'withdrawal') return sentBy(sent.get(id));
    if (type !== 'deposit') return undefined;
    const withdrawal = arrived.get(id)?.withdrawal;
    const carried = withdrawal && transferredBy(withdrawal.account, withdrawal.id);
    return carried && { kind: 'carried', carried };
  };
}

const sentBy = (match: TransferMatch | undefined): Resolution | undefined =>
  match && { kind: 'sent', received: arrivedOf(match.deposit), time: match.deposit.time };

/**
 * The event with its resolution. A withdrawal that its deposit does not follow, as clocks differ, takes place
 * the millisecond before it.
 */
export const resolved = (event: AccountEvent, resolution: Resolution | undefined): ResolvedEvent =>
  resolution ? { ...event, time: resolvedTime(event.time, resolution), resolution } : event;

export const resolvedTime = (time: number, resolution: Resolution | undefined): number =>
  resolution?.kind === 'sent' ? Math.min(time, resolution.time - 1) : time;
