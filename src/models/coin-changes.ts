import { type Decimal, ONE, parseDecimal, toText, ZERO } from './decimal.js';
import type { Difference, Holding } from './holdings.js';

interface RenamedCoin {
  readonly from: string;
  readonly to: string;
  /** New coins for one old. */
  readonly factor: string;
  /** The month in which exchanges changed it. */
  readonly month: string;
}

/** Coins that got another name or unit; exchanges change balances then, often without a record. */
const RENAMED: readonly RenamedCoin[] = [
  { from: 'BTT', to: 'BTTC', factor: '1000', month: '2022-01' },
  { from: 'LUNA', to: 'LUNC', factor: '1', month: '2022-05' },
  { from: 'UST', to: 'USTC', factor: '1', month: '2022-05' },
  { from: 'QUICK', to: 'QUICK', factor: '1000', month: '2023-07' },
  { from: 'RNDR', to: 'RENDER', factor: '1', month: '2024-07' },
  { from: 'GAL', to: 'G', factor: '60', month: '2024-07' },
  { from: 'MATIC', to: 'POL', factor: '1', month: '2024-09' },
  { from: 'FTM', to: 'S', factor: '1', month: '2025-01' },
];

/** A renaming or a change of unit that a balance shows and no record explains. */
export interface CoinChange {
  readonly from: string;
  readonly to: string;
  /** New coins for one old. */
  readonly factor: Decimal;
  /** From the table of such changes. */
  readonly month: string | undefined;
}

const TOLERANCE = parseDecimal('0.0001');
/** Units change by these, up or down. */
const FACTORS = ['10', '100', '1000', '10000', '100000', '1000000'].map(parseDecimal);

/** What the differences of an account between balance and ledger probably are. */
export function coinChangesOf(
  holdings: readonly Pick<Holding, 'asset' | 'quantity'>[],
  differences: readonly Difference[],
): readonly CoinChange[] {
  const held = new Map(holdings.map(({ asset, quantity }) => [asset, quantity]));
  return differences.flatMap(({ asset, amount }) => {
    const quantity = held.get(asset) ?? ZERO;
    const recorded = quantity.minus(amount);
    if (!recorded.gt(ZERO)) return [];
    return quantity.gt(ZERO) ? newUnit(asset, recorded, quantity) : renamed(asset, recorded, differences);
  });
}

/** The same ticker in another unit. */
function newUnit(asset: string, recorded: Decimal, quantity: Decimal): CoinChange[] {
  const factor = FACTORS.flatMap((one) => [one, ONE.div(one)]).find((one) =>
    isNear(quantity, recorded.times(one)),
  );
  if (!factor) return [];
  const known = RENAMED.find(({ from, to }) => from === asset && to === asset);
  return [{ from: asset, to: asset, factor, month: known?.month }];
}

/** All of a coin is gone, and the same amount of its known successor came. */
function renamed(asset: string, recorded: Decimal, differences: readonly Difference[]): CoinChange[] {
  return RENAMED.filter(({ from, to }) => from === asset && to !== asset).flatMap(({ to, factor, month }) => {
    const arrived = differences.find((other) => other.asset === to)?.amount;
    const expected = recorded.times(factor);
    return arrived && isNear(arrived, expected)
      ? [{ from: asset, to, factor: parseDecimal(factor), month }]
      : [];
  });
}

const isNear = (quantity: Decimal, expected: Decimal): boolean =>
  quantity.minus(expected).abs().lte(expected.abs().times(TOLERANCE));

/** One sentence on a change, without amounts that are held. */
export function coinChangeText({ from, to, factor, month }: CoinChange): string {
  const when = month === undefined ? '' : ` (known: ${month})`;
  const accept = `exchange-sync sync --accept-unexplained ${[...new Set([from, to])].join(' ')}`;
  const what =
    from === to
      ? `The balance of ${from} is ${toText(factor)} times what its records give, as after a change of its unit${when}`
      : `${from} is gone and ${toText(factor)} ${to} came for each, as after a renaming${when}`;
  return `${what}: its average and P&L are not comparable. To record it, at unknown cost: ${accept}`;
}
