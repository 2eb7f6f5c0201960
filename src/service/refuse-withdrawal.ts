import { createHash } from 'node:crypto';
import type { ClientCache, ExchangeClient } from '../client/exchange-client.js';
import { ExpectedError } from '../errors.js';
import type { Account } from '../models/account.js';

const KIND = 'harmless-key';
/** Rights can be widened at the exchange; asking once a day keeps the usual run at its few requests. */
const ASK_AGAIN_MS = 86_400_000;

/** Throws 'credentials' where the account's key can withdraw: who steals it from here takes the coins. */
export async function refuseWithdrawal(
  client: ExchangeClient,
  account: Account,
  cache: ClientCache,
): Promise<void> {
  const key = createHash('sha256').update(account.credentials.apiKey).digest('hex');
  if (cache.get(KIND) === key) return;
  const { canWithdraw } = await client.readKeyRights();
  if (canWithdraw) throw refused(account);
  cache.set(KIND, key, ASK_AGAIN_MS);
}

const refused = ({ id }: Account): ExpectedError =>
  new ExpectedError('credentials', `the key of ${id} can withdraw, which this program never needs`, {
    fix: 'Replace it by a read-only key. To use it all the same: EXCHANGE_SYNC_ALLOW_WITHDRAW_KEYS=true',
  });
