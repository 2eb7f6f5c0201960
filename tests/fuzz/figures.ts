import type { Records, Row } from '../chaos/records.js';
import { printed } from '../chaos/records.js';
import { Decimal, Exact, toText } from '../simulator/decimal.js';
import { plain, type Sent } from './sent.js';
import { toldBalances } from './wallets.js';

const CLOSE = 30;
const isPriceList = (path: string): boolean => /ticker|kline/.test(path);
const isRecord = (path: string): boolean => !isPriceList(path);

/** Every figure stored that nobody has sent, and that does not follow from what was sent. */
export const unsentFigures = (sent: Sent, records: Records): string[] => [
  ...unsentEvents(sent, records),
  ...unsentBalances(sent, records),
  ...unsentPrices(sent, records),
  ...wrongSums(records),
];

function unsentEvents(sent: Sent, { trades, transfers, incomes }: Records): string[] {
  const numbers = sent.numbers(isRecord);
  const unsent = (row: Row, columns: readonly string[]) =>
    columns
      .filter((column) => row[column] != null && !numbers.has(plain(row[column] ?? '0')))
      .map((column) => `${column} of ${printed(row)} was never sent`);
  return [
    ...trades.flatMap((row) =>
      row['kind'] === 'trade'
        ? unsent(row, ['amount', 'price', 'value', 'fee_amount'])
        : [
            ...unsent({ ...row, value: beforeFee(row, numbers) }, ['amount', 'value', 'fee_amount']),
            ...mispriced(row),
          ],
    ),
    ...transfers.flatMap((row) => unsent(row, ['amount', 'fee_amount'])),
    ...incomes.flatMap((row) => unsent(row, ['amount'])),
  ];
}

/** Where a conversion is told after its fee, what it brought is one more. */
function beforeFee(row: Row, numbers: ReadonlySet<string>): string | null {
  const value = row['value'] ?? null;
  if (value === null || numbers.has(plain(value))) return value;
  return toText(new Exact(value).minus(row['fee_amount'] ?? '0'));
}

function mispriced(row: Row): string[] {
  const [amount, price, value] = ['amount', 'price', 'value'].map((name) => new Decimal(row[name] ?? NaN));
  return amount && price && value && isClose(price, value.div(amount))
    ? []
    : [`the price of ${printed(row)}`];
}

function unsentBalances(sent: Sent, { wallet_balances }: Records): string[] {
  return wallet_balances
    .filter(
      ({ wallet, asset, total }) =>
        !toldBalances(sent, wallet ?? '', asset ?? '').has(toText(new Decimal(total ?? NaN))),
    )
    .map((row) => `the balance ${printed(row)} was never sent`);
}

function unsentPrices(sent: Sent, { holdings, event_prices }: Records): string[] {
  const quoted = [...sent.numbers(isPriceList)]
    .map((text) => new Decimal(text))
    .filter((price) => price.gt(0));
  const direct = [...quoted, ...quoted.map((price) => new Decimal(1).div(price))];
  const known = new Set([ONE, ...direct].map(rounded));
  const isKnown = (price: Decimal) => known.has(rounded(price));
  const isBridged = (price: Decimal) => quoted.some((first) => isKnown(price.div(first)));
  return [...holdings, ...event_prices].flatMap((row) => {
    const price = new Decimal(row['price'] ?? 1);
    return isKnown(price) || isBridged(price) ? [] : [`the price of ${printed(row)} was never sent`];
  });
}

const ONE = new Decimal(1);
const rounded = (price: Decimal): string => toText(price.toSignificantDigits(CLOSE));

/** Holdings that are not the sum of the wallets, snapshots that are not worth what is in them. */
function wrongSums({ holdings, wallet_balances, snapshots, snapshot_items }: Records): string[] {
  const held = sumsBy(wallet_balances, ['account', 'asset'], (row) =>
    new Exact(row['total'] ?? NaN).minus(row['borrowed'] ?? NaN),
  );
  const worth = sumsBy(snapshot_items, ['account', 'run_id'], (row) =>
    new Exact(row['quantity'] ?? NaN).times(row['price'] ?? 0),
  );
  return [
    ...holdings
      .filter((row) => !held.get(keyOf(row, ['account', 'asset']))?.eq(row['quantity'] ?? NaN))
      .map((row) => `the holding ${printed(row)} is not what is in the wallets`),
    ...snapshots
      .filter((row) => {
        const value = worth.get(keyOf(row, ['account', 'run_id'])) ?? new Exact(0);
        return !isClose(new Exact(row['value'] ?? 0), value);
      })
      .map((row) => `the snapshot ${printed(row)} is not worth what is in it`),
  ];
}

const isClose = (a: Decimal, b: Decimal): boolean =>
  a
    .minus(b)
    .abs()
    .lte(Decimal.max(1, b.abs()).times(`1e-${CLOSE}`));

const keyOf = (row: Row, columns: readonly string[]): string =>
  JSON.stringify(columns.map((name) => row[name]));

function sumsBy(rows: readonly Row[], columns: readonly string[], amountOf: (row: Row) => Decimal) {
  const sums = new Map<string, Decimal>();
  for (const row of rows) {
    const key = keyOf(row, columns);
    sums.set(key, (sums.get(key) ?? new Exact(0)).plus(amountOf(row)));
  }
  return sums;
}
