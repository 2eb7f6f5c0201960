import { Decimal, parseDecimal, ZERO } from './decimal.js';
import type {
  Conversion,
  Dividend,
  DustPart,
  DustSweep,
  Event,
  InternalDeposit,
  LockedPosition,
  Reward,
  WalletName,
} from './events.js';
import type { World } from './world.js';

type Amounts = Map<string, Decimal>;

/** What an account has beside trades and transfers: earn positions, conversions, dust, dividends, holds. */
export interface Products {
  /** What open orders hold of a wallet's balance, which contains it. */
  readonly held: Readonly<Record<WalletName, Amounts>>;
  readonly flexible: Amounts;
  readonly locked: LockedPosition[];
  readonly conversions: Conversion[];
  readonly sweeps: DustSweep[];
  readonly dividends: Dividend[];
  /** Interest of flexible positions. */
  readonly rewards: Reward[];
  readonly internalDeposits: InternalDeposit[];
  readonly hold: (asset: string, amount: string, wallet?: WalletName) => void;
  /** From the spot wallet into flexible Earn; a negative amount comes back. */
  readonly subscribe: (asset: string, amount: string) => void;
  /** Interest that stays in the flexible position. */
  readonly accrue: (asset: string, amount: string, order?: { time?: number }) => void;
  readonly lock: (asset: string, amount: string, order?: { time?: number; days?: number }) => void;
  readonly convert: (order: ConvertOrder) => Conversion;
  /** Whole balances of the spot wallet into BNB, for 2 percent. */
  readonly sweepDust: (assets: readonly string[], order?: { time?: number }) => DustSweep;
  readonly receive: (asset: string, amount: string, order?: { time?: number; note?: string }) => Dividend;
  /** From another user of the exchange, off the chain; default: it has arrived. */
  readonly receiveFromUser: (
    asset: string,
    amount: string,
    order?: { time?: number; state?: InternalDeposit['state'] },
  ) => InternalDeposit;
}

export interface ConvertOrder {
  readonly from: string;
  readonly amount: string;
  readonly to: string;
  /** Default: by the markets against USDT. */
  readonly toAmount?: string;
  readonly time?: number;
  readonly status?: string;
}

const DUST_CHARGE = '0.02';

export function createProducts(
  world: World,
  spot: ReadonlyMap<string, Decimal>,
  add: (asset: string, amount: Decimal) => void,
): Products {
  const event = (time = world.now()): Event => ({ time, serial: world.nextId() });
  const products: Products = {
    held: { UNIFIED: new Map(), FUND: new Map() },
    flexible: new Map(),
    locked: [],
    conversions: [],
    sweeps: [],
    dividends: [],
    rewards: [],
    internalDeposits: [],
    hold: (asset, amount, wallet = 'UNIFIED') => {
      increase(products.held[wallet], asset, parseDecimal(amount));
    },
    subscribe: (asset, amount) => {
      add(asset, parseDecimal(amount).negated());
      increase(products.flexible, asset, parseDecimal(amount));
    },
    accrue: (asset, amount, { time } = {}) => {
      const reward = { ...event(time), asset, amount: parseDecimal(amount) };
      increase(products.flexible, asset, reward.amount);
      products.rewards.push(reward);
    },
    lock: (asset, amount, { time, days = 60 } = {}) => {
      add(asset, parseDecimal(amount).negated());
      products.locked.push({ ...event(time), asset, amount: parseDecimal(amount), days });
    },
    convert: (order) => {
      const conversion: Conversion = { ...event(order.time), ...converted(world, order) };
      if (conversion.status === 'SUCCESS') {
        add(conversion.from, conversion.fromAmount.negated());
        add(conversion.to, conversion.toAmount);
      }
      products.conversions.push(conversion);
      return conversion;
    },
    sweepDust: (assets, { time } = {}) => {
      const head = event(time);
      const parts = assets.map((asset) => dustPart(world, asset, spot.get(asset) ?? ZERO, head.time));
      for (const { asset, amount, gross, charge } of parts) {
        add(asset, amount.negated());
        add('BNB', gross.minus(charge));
      }
      const sweep: DustSweep = { ...head, parts };
      products.sweeps.push(sweep);
      return sweep;
    },
    receive: (asset, amount, { time, note = `${asset} distribution` } = {}) => {
      const dividend: Dividend = { ...event(time), asset, amount: parseDecimal(amount), note };
      add(asset, dividend.amount);
      products.dividends.push(dividend);
      return dividend;
    },
    receiveFromUser: (asset, amount, { time, state = 'done' } = {}) => {
      const deposit = { ...event(time), asset, amount: parseDecimal(amount), state };
      if (state === 'done') add(asset, deposit.amount);
      products.internalDeposits.push(deposit);
      return deposit;
    },
  };
  return products;
}

function increase(amounts: Amounts, asset: string, amount: Decimal): void {
  amounts.set(asset, (amounts.get(asset) ?? ZERO).plus(amount));
}

function converted(world: World, order: ConvertOrder): Omit<Conversion, keyof Event> {
  const { from, to, amount, status = 'SUCCESS', time = world.now() } = order;
  const fromAmount = parseDecimal(amount);
  const toAmount =
    order.toAmount === undefined
      ? truncated(fromAmount.times(inDollars(world, from, time)).div(inDollars(world, to, time)))
      : parseDecimal(order.toAmount);
  return { from, fromAmount, to, toAmount, status };
}

function dustPart(world: World, asset: string, amount: Decimal, time: number): DustPart {
  const gross = truncated(amount.times(inDollars(world, asset, time)).div(inDollars(world, 'BNB', time)));
  return { asset, amount, gross, charge: truncated(gross.times(DUST_CHARGE)) };
}

const inDollars = (world: World, asset: string, time: number): Decimal =>
  new Decimal(asset === 'USDT' ? '1' : world.priceAt(`${asset}USDT`, time));

const truncated = (value: Decimal): Decimal => value.toDecimalPlaces(8, Decimal.ROUND_DOWN);
