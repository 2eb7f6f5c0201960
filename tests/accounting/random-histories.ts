import fc from 'fast-check';
import { type AccountingEvent, tradeEvent } from '../../src/accounting/event.js';
import { parseDecimal } from '../../src/models/decimal.js';
import type { Fee, Income, Trade, Transfer } from '../../src/models/events.js';
import { income, trade, transfer } from './histories.js';

export type Accounts = ReadonlyMap<string, History>;

export interface History {
  readonly trades: Trade[];
  readonly transfers: Transfer[];
  readonly incomes: Income[];
  readonly others: AccountingEvent[];
}

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
  kind: fc.constantFrom('trade' as const, 'convert' as const, 'dust' as const),
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
const someOpening = fc.record({
  ...place,
  type: fc.constant('opening' as const),
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
  .array(fc.oneof({ arbitrary: someTrade, weight: 4 }, someIncome, someOpening, someTransfer, someMove), {
    maxLength: 50,
  })
  .map(accountsOf);

/** The same without transfers out of one's own accounts, whose cost leaves unseen, and of coins only. */
export const closedAccounts: fc.Arbitrary<Accounts> = fc
  .array(
    fc.oneof(
      { arbitrary: someTrade, weight: 4 },
      someIncome,
      someOpening,
      someMove.map((move) => ({ ...move, named: true })),
    ),
    { maxLength: 50 },
  )
  .map(accountsOf);

type AnyDraft = Draft | MoveDraft | Parameters<typeof addDraft>[2];

function accountsOf(drafts: readonly AnyDraft[]): Accounts {
  const accounts = new Map(
    NAMES.map((name): [string, History] => [name, { trades: [], transfers: [], incomes: [], others: [] }]),
  );
  drafts.forEach((draft, index) => {
    addDraft(accounts, String(index), draft);
  });
  return accounts;
}

interface OtherDraft {
  readonly type: 'income' | 'opening' | 'deposit' | 'withdrawal';
  readonly account: string;
  readonly time: number;
  readonly asset: string;
  readonly amount: string;
  readonly negative?: boolean;
  readonly cost?: string;
  readonly fee?: number;
  readonly named?: boolean;
}

function addDraft(accounts: Accounts, id: string, draft: Draft | MoveDraft | OtherDraft): void {
  const history = accounts.get(draft.account);
  const { time } = draft;
  if (!history) return;
  switch (draft.type) {
    case 'trade':
      addTrade(history, id, draft);
      return;
    case 'income':
      history.incomes.push(income(draft.asset, `${draft.negative ? '-' : ''}${draft.amount}`, { id, time }));
      return;
    case 'opening': {
      const [quantity, cost] = [parseDecimal(draft.amount), parseDecimal(draft.cost ?? '0')];
      history.others.push({ kind: 'opening', id, time, asset: draft.asset, quantity, cost });
      return;
    }
    case 'move': {
      const fee = shareOf(draft.asset, draft.amount, draft.fee);
      const txid = draft.named ? { txid: `0xTX${id}` } : {};
      history.transfers.push(transfer('withdrawal', draft.asset, draft.amount, { id, time, fee, ...txid }));
      accounts
        .get(draft.to)
        ?.transfers.push(
          transfer('deposit', draft.asset, draft.amount, { id, time: time + draft.delay, ...txid }),
        );
      return;
    }
    default: {
      const fee = shareOf(draft.asset, draft.amount, draft.fee ?? 0);
      const txid = draft.named ? { txid: `alone ${id}` } : {};
      history.transfers.push(transfer(draft.type, draft.asset, draft.amount, { id, time, fee, ...txid }));
    }
  }
}

function addTrade(history: History, id: string, draft: Draft): void {
  const { kind, side, quote, amount: quantity, value, time: at } = draft;
  const base = draft.base === quote ? 'ETH' : draft.base;
  // A rebate is never worth more than its trade.
  const smaller = parseDecimal(value).lt(quantity) ? value : quantity;
  const wholes: Readonly<Record<string, string>> = { [quote]: value, [base]: quantity };
  const fees = draft.fees.map(({ asset: name, share }): Fee => {
    const feeAsset = name === 'base' ? base : name === 'quote' ? quote : name;
    return shareOf(feeAsset, wholes[feeAsset] ?? smaller, share);
  });
  const single = trade({ id, time: at, side, base, quote, amount: quantity, value });
  const [fee, ...more] = fees;
  if (more.length === 0) history.trades.push({ ...single, kind, fee });
  else history.others.push({ ...tradeEvent({ ...single, kind }), fees });
}

const shareOf = (name: string, whole: string, share: number): Fee => ({
  asset: name,
  amount: parseDecimal(whole).times(share).div(1000),
});
