import type { AccountId } from './account.js';
import { toText } from './decimal.js';
import type { Transfer } from './events.js';

/** A transfer with the account that reports it. */
export interface AccountTransfer extends Pick<
  Transfer,
  'id' | 'direction' | 'asset' | 'amount' | 'fee' | 'status' | 'txid' | 'time'
> {
  readonly account: AccountId;
}

/** Transfers of several accounts that fit one another in more than one way, so that none was taken for another. */
export type Ambiguity = readonly AccountTransfer[];

/** `withdrawal 77 of bybit (1.5 ETH, 2026-11-25 10:00 UTC)` */
export function transferName({ direction, id, account, amount, asset, time }: AccountTransfer): string {
  const minute = new Date(time).toISOString().slice(0, 16).replace('T', ' ');
  return `${direction} ${id} of ${account} (${toText(amount)} ${asset}, ${minute} UTC)`;
}

/** The user links two transfers by giving both the same transaction. */
export function pairingAdvice(ambiguity: Ambiguity): string {
  const pair = (['withdrawal', 'deposit'] as const).flatMap(
    (direction) => ambiguity.find((transfer) => transfer.direction === direction) ?? [],
  );
  const keys = pair.map(
    (transfer) => `(${[transfer.account, transfer.direction, transfer.id].map(quoted).join(', ')})`,
  );
  return (
    'Give the two that belong together one txid, and any other that came from or went elsewhere one of its ' +
    `own: update exchange_sync.transfers set txid = 'mine-1' where (account, direction, transfer_id) in (${keys.join(', ')}); then exchange-sync sync`
  );
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
