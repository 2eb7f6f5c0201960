import { Decimal, toText } from '../../simulator/decimal.js';
import type { Balances } from '../balances.js';
import { summed } from '../balances.js';
import type { Evidence } from '../evidence.js';
import { printed, type Row, rowsOf } from '../records.js';

/** A new snapshot has what was in the wallets, each at one moment of the round; one not complete may have older. */
export const readings = (evidence: Evidence): string[] =>
  evidence.accounts.flatMap((account) => {
    const known = new Set(rowsOf(evidence.before, 'snapshots', account).map((row) => row['run_id']));
    return rowsOf(evidence.after, 'snapshots', account)
      .filter((row) => !known.has(row['run_id'] ?? null))
      .flatMap((snapshot) => misread(evidence, account, snapshot));
  });

function misread(evidence: Evidence, account: string, snapshot: Row): string[] {
  const states = evidence.balances.map((state) => ofAccount(state, account));
  if (snapshot['complete'] !== 'true') states.push(ofAccount(carried(evidence, account), account));
  const items = evidence.after.snapshot_items.filter(
    (item) => item['account'] === account && item['run_id'] === snapshot['run_id'],
  );
  const held = new Map(
    items.map((item) => [item['asset'] ?? '', toText(new Decimal(item['quantity'] ?? ''))]),
  );
  const assets = new Set([...held.keys(), ...states.flatMap((state) => [...state.values()].flatMap(coins))]);
  return [...assets].flatMap((asset) => {
    const possible = sums(states, asset);
    const found = held.get(asset) ?? '0';
    if (possible.has(found)) return [];
    return [
      `${printed(snapshot)} has ${found} ${asset}, in the wallets there was ${[...possible].join(' or ')}`,
    ];
  });
}

const coins = (wallet: ReadonlyMap<string, string>): string[] => [...wallet.keys()];

/** What was stored of each wallet before: it stays where a wallet cannot be read. */
const carried = ({ before }: Evidence, account: string): Balances =>
  summed(
    rowsOf(before, 'wallet_balances', account).map((row) => [
      `${account} ${row['wallet'] ?? ''}`,
      row['asset'] ?? '',
      new Decimal(row['total'] ?? '0').minus(row['borrowed'] ?? '0'),
    ]),
  );

const ofAccount = (balances: Balances, account: string): Balances =>
  new Map([...balances].filter(([place]) => place.startsWith(`${account} `)));

/** Of a coin over all wallets, each read at any of the moments. */
function sums(states: readonly Balances[], asset: string): ReadonlySet<string> {
  const wallets = new Set(states.flatMap((state) => [...state.keys()]));
  let possible = new Set(['0']);
  for (const wallet of wallets) {
    const amounts = new Set(states.map((state) => state.get(wallet)?.get(asset) ?? '0'));
    possible = new Set(
      [...possible].flatMap((sum) => [...amounts].map((amount) => toText(new Decimal(sum).plus(amount)))),
    );
  }
  return possible;
}
