import * as rustledger from '@rustledger/wasm';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Method } from '../../src/accounting/lots.js';
import { type Decimal, parseDecimal, ZERO } from '../../src/models/decimal.js';
import { type AccountEvent, feeOf, legOf } from '../../src/models/account-event.js';

/** What the other program makes of a history: its profit, and what is left. */
export interface Judgement {
  readonly realized: Decimal;
  readonly quantity: Decimal;
  readonly cost: Decimal;
}

/** It rounds a profit it works out itself to as many decimals as the amounts beside it have. */
export const CASH_DECIMALS = 12;
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2001, 0, 2);
const BOOKINGS: Readonly<Record<Method, string>> = {
  average: 'AVERAGE',
  fifo: 'FIFO',
  lifo: 'LIFO',
  hifo: 'HIFO',
};

let ready = false;

function load(): void {
  if (ready) return;
  const file = createRequire(import.meta.url).resolve('@rustledger/wasm/rustledger_wasm_bg.wasm');
  rustledger.initSync({ module: readFileSync(file) });
  ready = true;
}

interface Answer {
  readonly errors: readonly unknown[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Throws where the other program finds the history at fault. */
export function beancountOf(trades: readonly AccountEvent[], method: Method): Judgement {
  load();
  const source = sourceOf(trades, method);
  const { errors } = rustledger.validateSource(source) as Answer;
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  const query = 'select account, sum(number) as n, cost(sum(position)) as c group by account';
  const answer = rustledger.query(source, query) as Answer;
  if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors));
  const rows = new Map(answer.rows.map(([account, number, cost]) => [account, [number, cost]]));
  const [quantity, cost] = rows.get('Assets:Coins') ?? [];
  return {
    realized: amountOf(rows.get('Income:Profit')?.[0]).negated(),
    quantity: amountOf(quantity),
    cost: amountOf(cost),
  };
}

/** A number, or a number with its currency; nothing where nothing is left. */
function amountOf(cell: unknown): Decimal {
  if (typeof cell === 'string') return parseDecimal(cell);
  if (typeof cell !== 'object' || cell === null || !('number' in cell)) return ZERO;
  return parseDecimal(String(cell.number));
}

/** One transaction a day, as there are dates only; the fee is inside the cost and off the proceeds. */
function sourceOf(trades: readonly AccountEvent[], method: Method): string {
  const entries = trades.map((trade, index) => {
    const day = new Date(FIRST_DAY + index * DAY_MS).toISOString().slice(0, 10);
    const isBuy = legOf(trade, 'base').amount.isPositive();
    return `${day} * "${isBuy ? 'buy' : 'sell'}"\n${(isBuy ? purchase : sale)(trade)}`;
  });
  return [
    'option "operating_currency" "USDT"',
    `2000-01-01 open Assets:Coins BTC "${BOOKINGS[method]}"`,
    '2000-01-01 open Assets:Cash',
    '2000-01-01 open Income:Profit',
    ...entries,
  ].join('\n');
}

function purchase(trade: AccountEvent): string {
  const [{ amount }, value] = [legOf(trade, 'base'), legOf(trade, 'quote').amount.negated()];
  const cost = value.plus(feeOf(trade, 'USDT'));
  return `  Assets:Coins  ${amount.toString()} BTC {{${cost.toString()} USDT}}\n  Assets:Cash  ${cash(cost.negated())} USDT\n`;
}

function sale(trade: AccountEvent): string {
  const [amount, value] = [legOf(trade, 'base').amount.negated(), legOf(trade, 'quote').amount];
  const [proceeds, price] = [value.minus(feeOf(trade, 'USDT')), value.div(amount)];
  return `  Assets:Coins  -${amount.toString()} BTC {} @ ${price.toFixed(CASH_DECIMALS)} USDT\n  Assets:Cash  ${cash(proceeds)} USDT\n  Income:Profit\n`;
}

const cash = (amount: Decimal): string => amount.toFixed(CASH_DECIMALS);
