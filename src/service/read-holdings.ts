import { costOfCash, reconcile } from '../accounting/reconcile.js';
import { isCash, type AccountingSettings } from '../accounting/settings.js';
import { ExpectedError } from '../errors.js';
import { walletPart } from '../models/coverage.js';
import { type Decimal, ZERO } from '../models/decimal.js';
import {
  type Holding,
  NO_PRICE,
  type Price,
  type WalletBalance,
  type WalletReading,
} from '../models/holdings.js';
import type { Lot } from '../models/pool.js';
import type { AccountSession } from './account-session.js';
import { isMovedElsewhere, type ReadOverview } from './account-totals.js';
import type { StoredAccount } from './account-state.js';
import type { Parts } from './parts.js';
import { unexplainedChanges } from './quantity-changes.js';

export interface Reading {
  readonly wallets: readonly WalletReading[];
  readonly unreadable: readonly Extract<WalletReading, { status: 'unreadable' }>[];
  /** All wallets minus what is borrowed, without zeros; the last good value of a wallet not readable now. */
  readonly quantities: ReadonlyMap<string, Decimal>;
}

/** Reads every wallet of the account, and a second time if all of them are empty. */
export async function readHoldings({ context, client, stored, parts }: AccountSession): Promise<Reading> {
  const skipped = parts.skipped(client.wallets.map(walletPart));
  const read = async () => readingOf(offered(await client.readWallets(skipped), stored, parts), stored);
  const first = await read();
  if (!hasVanished(first, stored) || context.acceptEmpty) return first;
  return await read();
}

/** The wallets that the exchange offers here; those that could not be read are noted. */
function offered(
  wallets: readonly WalletReading[],
  stored: StoredAccount,
  parts: Parts,
): readonly WalletReading[] {
  return wallets.filter((reading) => {
    if (reading.status === 'read') return true;
    const { wallet, outcome: status, reason, fix } = reading;
    const wasRead = stored.walletBalances.some((last) => last.wallet === wallet);
    parts.note({ part: walletPart(wallet), status, reason, fix, affects: true }, wasRead);
    return status !== 'unavailable' || wasRead;
  });
}

/**
 * Refuses an account that held something and now holds nothing without a reason: records, or an overview by which
 * the coins are in products that are not read. Throws 'guard'.
 */
export function refuseVanished(
  { context, stored }: AccountSession,
  reading: Reading,
  changes: ReadonlyMap<string, Decimal>,
  overview: ReadOverview,
): void {
  if (!hasVanished(reading, stored) || context.acceptEmpty) return;
  if (isMovedElsewhere(overview, stored)) return;
  const gone = unexplainedChanges(stored.holdings, reading.quantities, changes);
  const assets = stored.holdings.map(({ asset }) => asset).filter((asset) => gone.has(asset));
  if (assets.length === 0) return;
  throw new ExpectedError(
    'guard',
    `the exchange says that the account holds nothing, but it held ${assets.join(', ')} and no sale or withdrawal explains it`,
    { fix: 'The stored holdings are kept. If the account really is empty, run once with --accept-empty.' },
  );
}

export const hasVanished = ({ quantities }: Reading, { holdings }: StoredAccount): boolean =>
  holdings.length > 0 && quantities.size === 0;

function readingOf(wallets: readonly WalletReading[], stored: StoredAccount): Reading {
  return {
    wallets,
    unreadable: wallets.filter((wallet) => wallet.status === 'unreadable'),
    quantities: sumQuantities(wallets.flatMap((wallet) => balancesOf(wallet, stored))),
  };
}

function sumQuantities(balances: readonly WalletBalance[]): ReadonlyMap<string, Decimal> {
  const sums = new Map<string, Decimal>();
  for (const { asset, total, borrowed } of balances) {
    sums.set(asset, (sums.get(asset) ?? ZERO).plus(total).minus(borrowed));
  }
  return new Map([...sums].filter(([, quantity]) => !quantity.isZero()));
}

function balancesOf(wallet: WalletReading, stored: StoredAccount): readonly WalletBalance[] {
  if (wallet.status === 'read') return wallet.balances;
  return stored.walletBalances.find((last) => last.wallet === wallet.wallet)?.balances ?? [];
}

/** The held quantities with their price and the cost that the pools know. */
export const holdingsOf = (
  quantities: ReadonlyMap<string, Decimal>,
  prices: ReadonlyMap<string, Price>,
  pools: ReadonlyMap<string, Lot>,
  settings: AccountingSettings,
): Holding[] =>
  [...quantities].map(([asset, quantity]) => {
    const price = prices.get(asset) ?? NO_PRICE;
    const market = price.known ? price.price : undefined;
    const cost = isCash(asset, settings)
      ? costOfCash(quantity, market)
      : reconcile(pools.get(asset), quantity, market);
    return { asset, quantity, price, cost };
  });
