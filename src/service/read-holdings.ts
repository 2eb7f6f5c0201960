import type { ExchangeClient } from '../client/exchange-client.js';
import { ExpectedError } from '../errors.js';
import { Decimal, ZERO } from '../models/decimal.js';
import type { Price, WalletBalance, WalletReading } from '../models/holdings.js';
import type { StoredAccount } from './account-state.js';
import { explainsEmptyAccount } from './vanished.js';
import type { History } from './read-history.js';
import type { SyncContext } from './sync-context.js';

export interface Reading {
  readonly wallets: readonly WalletReading[];
  readonly unreadable: readonly Extract<WalletReading, { status: 'unreadable' }>[];
  /** All wallets minus what is borrowed, without zeros; the last good value of a wallet not readable now. */
  readonly quantities: ReadonlyMap<string, Decimal>;
  readonly prices: ReadonlyMap<string, Price>;
}

export async function readHoldings(
  context: SyncContext,
  client: ExchangeClient,
  stored: StoredAccount,
  history: History,
): Promise<Reading> {
  const wallets = await readGuarded(context, client, stored, history);
  const quantities = sumQuantities(wallets, stored);
  const prices = await client.readPrices([...quantities.keys()], context.accounting.reportingCurrency);
  const unreadable = wallets.filter((wallet) => wallet.status === 'unreadable');
  return { wallets, unreadable, quantities, prices };
}

/** An account that held something and now holds nothing is believed only with a reason. */
async function readGuarded(
  context: SyncContext,
  client: ExchangeClient,
  stored: StoredAccount,
  history: History,
): Promise<readonly WalletReading[]> {
  const first = await client.readWallets();
  if (!hasVanished(first, stored) || context.acceptEmpty) return first;
  const second = await client.readWallets();
  if (!hasVanished(second, stored) || explainsEmptyAccount(stored.holdings, history)) return second;
  const assets = stored.holdings.map(({ asset }) => asset);
  throw new ExpectedError(
    'guard',
    `the exchange says that the account holds nothing, but it held ${assets.join(', ')} and no sale or withdrawal explains it`,
    { fix: 'The stored holdings are kept. If the account really is empty, run once with --accept-empty.' },
  );
}

const hasVanished = (wallets: readonly WalletReading[], stored: StoredAccount): boolean =>
  stored.holdings.length > 0 && sumQuantities(wallets, stored).size === 0;

function sumQuantities(wallets: readonly WalletReading[], stored: StoredAccount): Map<string, Decimal> {
  const sums = new Map<string, Decimal>();
  for (const { asset, total, borrowed } of wallets.flatMap((wallet) => balancesOf(wallet, stored))) {
    sums.set(asset, (sums.get(asset) ?? ZERO).plus(total).minus(borrowed));
  }
  return new Map([...sums].filter(([, quantity]) => !quantity.isZero()));
}

function balancesOf(wallet: WalletReading, stored: StoredAccount): readonly WalletBalance[] {
  if (wallet.status === 'read') return wallet.balances;
  return stored.walletBalances.find((last) => last.wallet === wallet.wallet)?.balances ?? [];
}
