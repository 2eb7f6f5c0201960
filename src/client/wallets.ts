import { ExpectedError } from '../errors.js';
import type { Environment } from '../models/account.js';
import { type Part, type PartStatus, walletPart } from '../models/coverage.js';
import type { WalletBalance, WalletReading } from '../models/holdings.js';
import type { UnreadProduct } from '../models/unread.js';
import { RequestFailure } from './answer.js';
import type { ExchangeSpec, WalletSpec } from './exchange-spec.js';
import { named } from './names.js';
import { PartFailure } from './part-failure.js';
import type { Requester } from './request.js';

/** The wallets but those of `skipped`; throws if none of them could be read. */
export async function readWallets(
  spec: ExchangeSpec,
  requester: Requester,
  environment: Environment,
  skipped: ReadonlySet<Part>,
): Promise<readonly WalletReading[]> {
  const failures: ExpectedError[] = [];
  const readings: WalletReading[] = [];
  const wallets = spec.wallets.filter(
    ({ environments, name }) => environments.includes(environment) && !skipped.has(walletPart(name)),
  );
  for (const wallet of wallets) {
    try {
      readings.push(await readWallet(wallet, requester));
    } catch (error) {
      if (!(error instanceof ExpectedError) || !concernsOneWallet(error)) throw error;
      failures.push(error);
      readings.push({
        wallet: wallet.name,
        status: 'unreadable',
        outcome: outcomeOf(error),
        reason: error.message,
        fix: error.fix,
      });
    }
  }
  const first = failures.find(({ kind }) => kind === 'credentials') ?? failures[0];
  if (first && failures.length === wallets.length) throw first;
  return readings;
}

function outcomeOf(error: ExpectedError): PartStatus {
  if (error instanceof PartFailure) return error.status;
  return error.kind === 'credentials' ? 'refused' : 'failed';
}

const PER_WALLET = new Set(['credentials', 'exchange-unavailable']);

/** A guard's refusal of an impossible figure is excluded: it makes the whole answer untrustworthy. */
const concernsOneWallet = ({ kind, cause }: ExpectedError): boolean =>
  PER_WALLET.has(kind) || cause instanceof RequestFailure;

async function readWallet(wallet: WalletSpec, requester: Requester): Promise<WalletReading> {
  const { balances, unread } = await readPages(wallet, requester);
  const beside = unread.length > 0 ? { unread } : {};
  return {
    wallet: wallet.name,
    status: 'read',
    readAt: requester.now(),
    balances: summed(balances),
    ...beside,
  };
}

/** More than any account has. Every page but the last one is full, so that this limits the pages too. */
const MAX_BALANCES = 50_000;

async function readPages(wallet: WalletSpec, requester: Requester) {
  const { endpoint, params, pageSize = Infinity, balancesOf, productsOf } = wallet;
  const balances: WalletBalance[] = [];
  const unread: UnreadProduct[] = [];
  for (let page = 1; ; page += 1) {
    const { rows, beside } = await requester.read(endpoint, params(page), (answer) => ({
      rows: named(balancesOf(answer), `the wallet ${wallet.name}`),
      beside: productsOf?.(answer) ?? [],
    }));
    if (balances.length + rows.length > MAX_BALANCES) throw endless(wallet);
    for (const row of rows) balances.push(row);
    unread.push(...beside);
    if (rows.length < pageSize) return { balances, unread };
  }
}

const endless = ({ name }: WalletSpec): ExpectedError =>
  new ExpectedError('guard', `the exchange sent more than ${MAX_BALANCES} balances of the wallet ${name}`, {
    fix: 'Nothing was stored. Try again later; if it persists, report it with the log.',
  });

/** One balance a coin, though several positions may hold it. */
function summed(balances: readonly WalletBalance[]): readonly WalletBalance[] {
  const sums = new Map<string, WalletBalance>();
  for (const balance of balances) {
    const before = sums.get(balance.rawCode);
    const total = before ? before.total.plus(balance.total) : balance.total;
    const borrowed = before ? before.borrowed.plus(balance.borrowed) : balance.borrowed;
    sums.set(balance.rawCode, { ...balance, total, borrowed });
  }
  return [...sums.values()];
}
