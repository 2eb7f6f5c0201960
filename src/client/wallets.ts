import { ExpectedError } from '../errors.js';
import type { WalletReading } from '../models/holdings.js';
import type { ExchangeTraits, WalletTraits } from './exchange-traits.js';
import type { Requester } from './request.js';

/** Refusals that concern one wallet; a wrong key concerns them all, and is found by all. */
export async function readWallets(
  traits: ExchangeTraits,
  requester: Requester,
): Promise<readonly WalletReading[]> {
  const failures: ExpectedError[] = [];
  const readings: WalletReading[] = [];
  for (const wallet of traits.wallets) {
    try {
      readings.push(await readWallet(wallet, requester));
    } catch (error) {
      if (!(error instanceof ExpectedError) || !PER_WALLET.has(error.kind)) throw error;
      failures.push(error);
      readings.push({ wallet: wallet.name, status: 'unreadable', reason: error.message });
    }
  }
  const [first] = failures;
  if (first && failures.length === traits.wallets.length) throw first;
  return readings;
}

const PER_WALLET = new Set(['credentials', 'exchange-unavailable']);

async function readWallet(wallet: WalletTraits, requester: Requester): Promise<WalletReading> {
  const balances = await requester.read(wallet.endpoint, wallet.params, wallet.balancesOf);
  return { wallet: wallet.name, status: 'read', readAt: requester.now(), balances };
}
