import type { Sql } from 'postgres';
import { Decimal, toText, ZERO } from '../simulator/decimal.js';
import { factsOf } from './facts.js';
import { PlainBooks } from './plain-books.js';
import { FIRST_DAY } from './beginning.js';
import type { Story } from './story.js';
import type { Trader } from './trader.js';

/** Of a figure that was divided: each side rounds at its own place. */
const TOLERANCE = new Decimal('1e-25');

type Figures = ReadonlyMap<string, Decimal>;

/** Every figure of the database that is not what the exchange knows to be true. */
export const compareTruth = async (story: Story, sql: Sql): Promise<string[]> => [
  ...different('wallet', await walletsIn(sql), walletsOf(story), ZERO),
  ...different('holding', await holdingsIn(sql), holdingsOf(story), ZERO),
  ...different('fees', await feesIn(sql), feesOf(story), ZERO),
  ...different('books', await booksIn(sql), booksOf(story), TOLERANCE),
];

function different(what: string, found: Figures, wanted: Figures, tolerance: Decimal): string[] {
  return [...new Set([...found.keys(), ...wanted.keys()])].flatMap((key) => {
    const [is, should] = [found.get(key) ?? ZERO, wanted.get(key) ?? ZERO];
    const allowed = tolerance.times(Decimal.max(1, should.abs()));
    if (is.minus(should).abs().lte(allowed)) return [];
    return [`${what} ${key} is ${toText(is)}, in truth ${toText(should)}`];
  });
}

const figures = (rows: readonly (readonly [string, Decimal | string])[]): Figures => {
  const sums = new Map<string, Decimal>();
  for (const [key, amount] of rows) sums.set(key, (sums.get(key) ?? ZERO).plus(amount));
  return sums;
};

async function walletsIn(sql: Sql): Promise<Figures> {
  const rows = await sql<{ key: string; total: string }[]>`
    select account || ' ' || wallet || ' ' || asset as key, total from exchange_sync.wallet_balances`;
  return figures(rows.map(({ key, total }) => [key, total]));
}

const walletsOf = ({ traders }: Story): Figures =>
  figures(
    traders.flatMap((trader) =>
      balancesOf(trader).map(
        ([wallet, asset, amount]) => [`${trader.id} ${wallet} ${asset}`, amount] as const,
      ),
    ),
  );

/** What is in every wallet: its name, the coin, how many. */
export function balancesOf({ account, isBinance }: Trader): (readonly [string, string, Decimal])[] {
  const { wallets, flexible, locked } = account;
  const [spot, funding] = isBinance ? ['SPOT', 'FUNDING'] : ['UNIFIED', 'FUND'];
  return [
    ...[...wallets.UNIFIED].map(([asset, amount]) => [spot, asset, amount] as const),
    ...[...wallets.FUND].map(([asset, amount]) => [funding, asset, amount] as const),
    ...[...flexible].map(([asset, amount]) => ['EARN_FLEXIBLE', asset, amount] as const),
    ...locked.map(({ asset, amount }) => ['EARN_LOCKED', asset, amount] as const),
  ];
}

async function holdingsIn(sql: Sql): Promise<Figures> {
  const rows = await sql<{ key: string; quantity: string }[]>`
    select account || ' ' || asset as key, quantity from exchange_sync.holdings
    union all select exchange_id || ' ' || asset || ' of AlphaPulse', quantity from public.portfolio_items`;
  return figures(rows.map(({ key, quantity }) => [key, quantity]));
}

const holdingsOf = ({ traders }: Story): Figures =>
  figures(
    traders.flatMap((trader) =>
      balancesOf(trader).flatMap(([, asset, amount]) => [
        [`${trader.id} ${asset}`, amount] as const,
        [`${trader.id} ${asset} of AlphaPulse`, amount] as const,
      ]),
    ),
  );

async function feesIn(sql: Sql): Promise<Figures> {
  const rows = await sql<{ key: string; fee: string }[]>`
    select account || ' ' || fee_asset as key, fee_amount as fee from exchange_sync.trades where fee_amount is not null
    union all
    select account || ' ' || fee_asset, fee_amount from exchange_sync.transfers
     where fee_amount is not null and status = 'ok'`;
  return figures(rows.map(({ key, fee }) => [key, fee]));
}

const feesOf = (story: Story): Figures =>
  figures(
    factsOf(story, FIRST_DAY).map((fact) => [
      `${fact.trader.id} ${fact.kind === 'exchanged' ? fact.feeAsset : fact.asset}`,
      fact.fee,
    ]),
  );

/** By the names of the columns. */
async function booksIn(sql: Sql): Promise<Figures> {
  const rows = await sql<Record<string, string>[]>`
    select p.account || ' ' || p.asset as key, p.quantity, p.cost, p.unknown_quantity as unknown, realized_trade as trade,
           realized_fee as fee, realized_income as income, realized_transfer_fee as "transferFee",
           unmatched_proceeds as unmatched, fees_paid as "feesPaid",
           case when p.cash then 0 else coalesce(h.average_entry, 0) end as "averageEntry"
      from exchange_sync.pools p left join exchange_sync.holdings h using (account, asset)`;
  return figures(
    rows.flatMap(({ key = '', ...columns }) =>
      Object.entries(columns).map(([name, amount]) => [`${key} ${name}`, amount] as const),
    ),
  );
}

function booksOf(story: Story): Figures {
  const books = new PlainBooks(story.world);
  for (const fact of factsOf(story, FIRST_DAY)) books.apply(fact);
  return figures(
    [...books.pools].flatMap(([key, pool]) => {
      const cost = pool.quantity.minus(pool.unknown);
      const averageEntry = cost.gt(0) && !pool.cost.isZero() ? pool.cost.div(cost) : ZERO;
      return Object.entries({ ...pool, averageEntry }).map(
        ([name, amount]) => [`${key} ${name}`, amount] as const,
      );
    }),
  );
}
