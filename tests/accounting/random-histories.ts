import fc from 'fast-check';
import { ofKnownCost } from '../../src/accounting/lot.js';
import type { ResolvedEvent } from '../../src/accounting/resolve.js';
import { type Decimal, parseDecimal } from '../../src/models/decimal.js';
import { type Coins, income, trade, transfer } from './histories.js';

export type Accounts = ReadonlyMap<string, readonly ResolvedEvent[]>;

const NAMES = ['one', 'two', 'three'] as const;
const COINS = ['BTC', 'ETH', 'MNT'] as const;
/** Some dozen events a day, so that days end and several events share a millisecond. */
const HOUR = 3_600_000;

const amount = fc.integer({ min: 1, max: 10 ** 9 }).map((units) => parseDecimal(`${units}e-6`).toFixed());
const time = fc.integer({ min: 10, max: 60 }).map((hours) => hours * HOUR);
const coin = fc.constantFrom(...COINS);
const asset = fc.constantFrom(...COINS, 'USDT', 'EUR');
const place = { account: fc.constantFrom(...NAMES), time };

const someTrade = fc.record({
  ...place,
  type: fc.constant('trade' as const),
  kind: fc.constantFrom('trade' as const, 'conversion' as const),
  side: fc.constantFrom('buy' as const, 'sell' as const),
  base: fc.constantFrom(...COINS, 'EUR'),
  quote: fc.constantFrom('USDT', 'USDT', 'EUR', 'BTC'),
  amount,
  value: amount,
  fees: fc.array(
    fc.record({
      asset: fc.constantFrom('USDT', 'EUR', 'MNT', 'base', 'quote'),
      share: fc.integer({ min: -3, max: 10 }),
    }),
    { maxLength: 2 },
  ),
});
const someIncome = fc.record({
  ...place,
  type: fc.constant('income' as const),
  asset,
  amount,
  negative: fc.boolean(),
});
/** Coins of a known cost from elsewhere. */
const someStock = fc.record({
  ...place,
  type: fc.constant('stock' as const),
  asset: coin,
  amount,
  cost: amount,
});
const someTransfer = fc.record({
  ...place,
  type: fc.constantFrom('deposit' as const, 'withdrawal' as const),
  asset,
  amount,
  fee: fc.integer({ min: 0, max: 9 }),
  named: fc.boolean(),
});
const someMove = fc.record({
  ...place,
  type: fc.constant('move' as const),
  asset: coin,
  amount,
  fee: fc.integer({ min: 0, max: 9 }),
  to: fc.constantFrom(...NAMES),
  delay: fc.integer({ min: -4 * 60_000, max: 3 * HOUR }),
  named: fc.boolean(),
});

type Draft = typeof someTrade extends fc.Arbitrary<infer T> ? T : never;
type MoveDraft = typeof someMove extends fc.Arbitrary<infer T> ? T : never;

/** Every kind of event in three accounts. */
export const anyAccounts: fc.Arbitrary<Accounts> = fc
  .array(fc.oneof({ arbitrary: someTrade, weight: 4 }, someIncome, someStock, someTransfer, someMove), {
    maxLength: 50,
  })
  .map(accountsOf);

/** The same without transfers out of one's own accounts, whose cost leaves unseen, and of coins only. */
export const closedAccounts: fc.Arbitrary<Accounts> = fc
  .array(
    fc.oneof(
      { arbitrary: someTrade, weight: 4 },
      someIncome,
      someStock,
      someMove.map((move) => ({ ...move, named: true })),
    ),
    { maxLength: 50 },
  )
  .map(accountsOf);

type AnyDraft = Draft | MoveDraft | Parameters<typeof addDraft>[2];

function accountsOf(drafts: readonly AnyDraft[]): Accounts {
  const accounts = new Map(NAMES.map((name): [string, ResolvedEvent[]] => [name, []]));
  drafts.forEach((draft, index) => {
    addDraft(accounts, String(index), draft);
  });
  return accounts;
}

interface OtherDraft {
  readonly type: 'income' | 'stock' | 'deposit' | 'withdrawal';
  readonly account: string;
  readonly time: number;
  readonly asset: string;
  readonly amount: string;
  readonly negative?: boolean;
  readonly cost?: string;
  readonly fee?: number;
  readonly named?: boolean;
}

function addDraft(
  accounts: ReadonlyMap<string, ResolvedEvent[]>,
  id: string,
  draft: Draft | MoveDraft | OtherDraft,
): void {
  const events = accounts.get(draft.account);
  const { time } = draft;
  if (!events) return;
  switch (draft.type) {
    case 'trade':
      events.push(tradeOf(id, draft));
      return;
    case 'income':
      events.push(income(draft.asset, `${draft.negative ? '-' : ''}${draft.amount}`, { id, time }));
      return;
    case 'stock':
      events.push(stock(id, time, [draft.asset, draft.amount], parseDecimal(draft.cost ?? '0')));
      return;
    case 'move': {
      const fee = shareOf(draft.asset, draft.amount, draft.fee);
      const txid = draft.named ? { txid: `0xTX${id}` } : {};
      const arrival = { id, time: time + draft.delay, ...txid };
      events.push(transfer('withdrawal', draft.asset, draft.amount, { id, time, fee, ...txid }));
      accounts.get(draft.to)?.push(transfer('deposit', draft.asset, draft.amount, arrival));
      return;
    }
    default: {
      const fee = shareOf(draft.asset, draft.amount, draft.fee ?? 0);
      const txid = draft.named ? { txid: `alone ${id}` } : {};
      events.push(transfer(draft.type, draft.asset, draft.amount, { id, time, fee, ...txid }));
    }
  }
}

/** A deposit that brings its cost along. */
export function stock(id: string, time: number, [asset, amount]: Coins, cost: Decimal): ResolvedEvent {
  const carried = { time, lots: [ofKnownCost(parseDecimal(amount), cost, cost)], value: cost };
  return {
    ...transfer('deposit', asset, amount, { id: `stock ${id}`, time }),
    resolution: { kind: 'carried', carried },
  };
}

function tradeOf(id: string, draft: Draft): ResolvedEvent {
  const { kind: type, side, quote, amount: quantity, value, time: at } = draft;
  const base = draft.base === quote ? 'ETH' : draft.base;
  // A rebate is never worth more than its trade.
  const smaller = parseDecimal(value).lt(quantity) ? value : quantity;
  const wholes: Readonly<Record<string, string>> = { [quote]: value, [base]: quantity };
  const fees = draft.fees.map(({ asset: name, share }): Coins => {
    const feeAsset = name === 'base' ? base : name === 'quote' ? quote : name;
    return shareOf(feeAsset, wholes[feeAsset] ?? smaller, share);
  });
  return trade({ id, time: at, type, side, base, quote, amount: quantity, value, fees });
}

const shareOf = (name: string, whole: string, share: number): Coins => [
  name,
  parseDecimal(whole).times(share).div(1000).toFixed(),
];
