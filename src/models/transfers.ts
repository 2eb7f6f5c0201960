import type { AccountId } from './account.js';
import { type AccountEvent, legOf } from './account-event.js';
import { toText } from './decimal.js';

/** A deposit or withdrawal with the account that reports it. */
export interface AccountTransfer extends AccountEvent {
  readonly account: AccountId;
  readonly type: 'deposit' | 'withdrawal';
}

/** Transfers of several accounts that fit one another in more than one way, so that none was taken for another. */
export type Ambiguity = readonly AccountTransfer[];

/** `withdrawal 77 of bybit (1.5 ETH, 2026-11-25 10:00 UTC)` */
export function transferName(transfer: AccountTransfer): string {
  const { amount, asset } = legOf(transfer, 'moved');
  const minute = new Date(transfer.time).toISOString().slice(0, 16).replace('T', ' ');
  return `${transfer.type} ${transfer.id} of ${transfer.account} (${toText(amount.abs())} ${asset}, ${minute} UTC)`;
}

/** The user links two transfers by giving both the same transaction. */
export function pairingAdvice(ambiguity: Ambiguity): string {
  const pair = (['withdrawal', 'deposit'] as const).flatMap(
    (type) => ambiguity.find((transfer) => transfer.type === type) ?? [],
  );
  const keys = pair.map(
    (transfer) => `(${[transfer.account, transfer.type, transfer.id].map(quoted).join(', ')})`,
  );
  return (
    'Give the two that belong together one txid, and any other that came from or went elsewhere one of its ' +
    `own: update exchange_sync.transfers set txid = 'mine-1' where (account, direction, transfer_id) in (${keys.join(', ')}); then exchange-sync sync`
  );
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
