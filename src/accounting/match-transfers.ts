import { type AccountEvent, feeOf, hasMovedBalances, legOf } from '../models/account-event.js';
import { type Decimal, largest, parseDecimal } from '../models/decimal.js';
import type { AccountTransfer, Ambiguity } from '../models/transfers.js';
import { type AccountingSettings, isCash } from './settings.js';
import { DAY_MS } from '../models/day.js';

/** A deposit may be dated this much before its withdrawal, as clocks differ. */
export const MAX_EARLY_MS = 5 * 60_000;
const MAX_LATE_MS = DAY_MS;
const MAX_DIFFERENCE = parseDecimal('0.005');

export interface TransferMatch {
  readonly withdrawal: AccountTransfer;
  readonly deposit: AccountTransfer;
}

export interface Matching {
  readonly matches: readonly TransferMatch[];
  readonly ambiguous: readonly Ambiguity[];
}

type Pair = readonly [withdrawal: AccountTransfer, deposit: AccountTransfer];

/**
 * Finds the deposits as which withdrawals arrived in own accounts. The same asset and transaction match, by
 * amount if a transaction has several; otherwise the only candidate in another account, from 5 minutes before to
 * 24 hours after, if not more was received than sent and at most the declared fee or 0.5 % less. Two different
 * transactions never match.
 */
export function matchTransfers(
  transfers: readonly AccountTransfer[],
  settings: AccountingSettings,
): Matching {
  let open = transfers.filter(
    (transfer) => hasMovedBalances(transfer) && !isCash(assetOf(transfer), settings),
  );
  const matches: TransferMatch[] = [];
  const candidates: Pair[] = [];
  for (const rule of [fittingTransactions, sameTransactions, fittingFigures]) {
    const pairs = rule(open);
    const found = pairUp(pairs);
    const paired = new Set(found.flatMap(({ withdrawal, deposit }) => [withdrawal, deposit]));
    open = open.filter((transfer) => !paired.has(transfer));
    matches.push(...found);
    candidates.push(...pairs);
  }
  const left = new Set(open);
  return { matches, ambiguous: connected(candidates.filter((pair) => pair.every((one) => left.has(one)))) };
}

/** The pairs without another candidate on either side. */
function pairUp(pairs: readonly Pair[]): TransferMatch[] {
  const candidates = new Map<AccountTransfer, AccountTransfer[]>();
  for (const [withdrawal, deposit] of pairs) {
    add(candidates, withdrawal, deposit);
    add(candidates, deposit, withdrawal);
  }
  return [...candidates].flatMap(([deposit, [withdrawal, ...more]]) => {
    const isOnly = withdrawal && more.length === 0 && candidates.get(withdrawal)?.length === 1;
    return isOnly && deposit.type === 'deposit' ? [{ withdrawal, deposit }] : [];
  });
}

/** Groups of transfers connected by pairs, each sorted by time. */
function connected(pairs: readonly Pair[]): AccountTransfer[][] {
  const groups = new Map<AccountTransfer, Set<AccountTransfer>>();
  for (const [withdrawal, deposit] of pairs) {
    const group = groups.get(withdrawal) ?? new Set([withdrawal]);
    if (group.has(deposit)) continue;
    for (const transfer of [withdrawal, ...(groups.get(deposit) ?? [deposit])]) {
      groups.set(transfer, group.add(transfer));
    }
  }
  return [...new Set(groups.values())].map((group) => [...group].sort((a, b) => a.time - b.time));
}

const fittingTransactions = (transfers: readonly AccountTransfer[]): Pair[] =>
  sameTransactions(transfers).filter(([withdrawal, deposit]) => plausible(withdrawal, deposit));

function sameTransactions(transfers: readonly AccountTransfer[]): Pair[] {
  const known = transfers.filter((transfer) => transactionOf(transfer) !== '');
  return grouped(known, (transfer) => `${assetOf(transfer)} ${transactionOf(transfer)}`).flatMap((group) =>
    group.withdrawals.flatMap((withdrawal) => group.deposits.map((deposit): Pair => [withdrawal, deposit])),
  );
}

function fittingFigures(transfers: readonly AccountTransfer[]): Pair[] {
  return grouped(transfers, assetOf).flatMap(({ withdrawals, deposits }) => {
    const pairs: Pair[] = [];
    let first = 0;
    for (const withdrawal of withdrawals) {
      while ((deposits[first]?.time ?? Infinity) < withdrawal.time - MAX_EARLY_MS) first += 1;
      for (let at = first; at < deposits.length; at += 1) {
        const deposit = deposits[at];
        if (!deposit || deposit.time > withdrawal.time + MAX_LATE_MS) break;
        const oneIsUnnamed = transactionOf(withdrawal) === '' || transactionOf(deposit) === '';
        if (oneIsUnnamed && withdrawal.account !== deposit.account && plausible(withdrawal, deposit)) {
          pairs.push([withdrawal, deposit]);
        }
      }
    }
    return pairs;
  });
}

interface Group {
  readonly withdrawals: AccountTransfer[];
  readonly deposits: AccountTransfer[];
}

/** The transfers by key, each group sorted by time. */
function grouped(
  transfers: readonly AccountTransfer[],
  keyOf: (transfer: AccountTransfer) => string,
): Group[] {
  const groups = new Map<string, Group>();
  for (const transfer of transfers.toSorted((a, b) => a.time - b.time)) {
    const group = groups.get(keyOf(transfer)) ?? { withdrawals: [], deposits: [] };
    groups.set(keyOf(transfer), group);
    group[transfer.type === 'deposit' ? 'deposits' : 'withdrawals'].push(transfer);
  }
  return [...groups.values()];
}

function add<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function plausible(withdrawal: AccountTransfer, deposit: AccountTransfer): boolean {
  const declared = feeOf(withdrawal, assetOf(withdrawal));
  const amount = legOf(withdrawal, 'moved').amount.negated();
  const difference = amount.minus(arrivedOf(deposit));
  return !difference.isNegative() && difference.lte(largest(declared, amount.times(MAX_DIFFERENCE)));
}

/** The quantity of a deposit after the exchange's deposit fee. */
export function arrivedOf(deposit: AccountEvent): Decimal {
  const { asset, amount } = legOf(deposit, 'moved');
  return amount.minus(feeOf(deposit, asset));
}

const assetOf = (transfer: AccountTransfer): string => legOf(transfer, 'moved').asset;

const transactionOf = ({ txid = '' }: AccountTransfer): string =>
  txid.trim().toLowerCase().replace(/^0x/, '');
