import { Decimal, ZERO } from '../simulator/decimal.js';
import type { World } from '../simulator/world.js';
import type { Exchanged, Fact, Moved } from './facts.js';

const CASH = new Set(['USDT', 'USDC']);
const MINUTE_MS = 60_000;

export interface Coins {
  readonly quantity: Decimal;
  readonly cost: Decimal;
  readonly unknown: Decimal;
}

/** One asset of one account: what there is, what it cost, and what was counted on the way, in US dollars. */
export interface PlainPool extends Coins {
  readonly trade: Decimal;
  readonly fee: Decimal;
  readonly income: Decimal;
  readonly transferFee: Decimal;
  readonly unmatched: Decimal;
  readonly feesPaid: Decimal;
}

type Counted = Exclude<keyof PlainPool, keyof Coins>;
type Amount = Decimal | undefined;

const NO_COINS: Coins = { quantity: ZERO, cost: ZERO, unknown: ZERO };
const EMPTY: PlainPool = {
  ...NO_COINS,
  ...{ trade: ZERO, fee: ZERO, income: ZERO, transferFee: ZERO, unmatched: ZERO, feesPaid: ZERO },
};

/**
 * Average costs as anybody would work them out who knows the rules and all the facts: one pass, no lots, no
 * checkpoints, another library. It shares no code with the program.
 */
export class PlainBooks {
  readonly pools = new Map<string, PlainPool>();
  readonly #world: World;
  readonly #travelling = new Map<unknown, Coins>();

  constructor(world: World) {
    this.#world = world;
  }

  apply(fact: Fact): void {
    if (fact.kind === 'exchanged') this.#exchange(fact);
    else if (fact.kind === 'arrived') this.#arrive(fact);
    else if (fact.kind === 'earned') this.#earn(fact);
    else this.#leave(fact);
  }

  #exchange(fact: Exchanged): void {
    const { trader, base, quote, buys, amount, value, feeAsset, fee } = fact;
    const worth = this.#worthOf(fact);
    const paid = this.#worthOfFee(fact, worth);
    const [given, received] = buys ? [quote, base] : [base, quote];
    let [out, into] = buys ? [value, amount] : [amount, value];
    let [proceeds, cost] = [worth, worth];
    if (feeAsset === given) out = out.plus(fee);
    if (feeAsset === received) into = into.minus(fee);
    if (feeAsset !== received && !CASH.has(received)) cost = sum(cost, paid);
    if (CASH.has(received) && feeAsset !== given) proceeds = sum(proceeds, paid?.negated());
    if (!CASH.has(received) && feeAsset === given) proceeds = sum(proceeds, paid);
    const third = feeAsset !== base && feeAsset !== quote;
    const at = (asset: string) => `${trader.id} ${asset}`;
    if (!fee.isZero()) this.#count(at(feeAsset), 'feesPaid', paid);
    if (CASH.has(given) && CASH.has(received) && !fee.isZero())
      this.#count(at(given), 'fee', paid?.negated());
    this.#dispose(at(given), out, proceeds, 'trade');
    this.#add(at(received), { quantity: into, cost: cost ?? ZERO, unknown: cost ? ZERO : into });
    if (!third || fee.isZero()) return;
    if (fee.gt(0)) this.#dispose(at(feeAsset), fee, paid, 'fee');
    else this.#add(at(feeAsset), known(fee.negated(), paid?.negated()));
  }

  /** Money says it, else the quote at market, else the base. */
  #worthOf({ base, quote, amount, value, time }: Exchanged): Amount {
    if (CASH.has(quote)) return value;
    if (CASH.has(base)) return amount;
    return this.#market(quote, value, time) ?? this.#market(base, amount, time);
  }

  /** In a coin of the trade by the trade itself, else at market. */
  #worthOfFee({ base, quote, amount, value, feeAsset, fee, time }: Exchanged, worth: Amount): Amount {
    if (CASH.has(feeAsset)) return fee;
    if (feeAsset === base) return worth?.times(fee).div(amount);
    if (feeAsset === quote) return worth?.times(fee).div(value);
    return this.#market(feeAsset, fee, time);
  }

  #arrive({ trader, asset, amount, time, journey }: Moved): void {
    const carried = CASH.has(asset) ? undefined : this.#travelling.get(journey);
    this.#add(`${trader.id} ${asset}`, carried ?? known(amount, this.#market(asset, amount, time)));
  }

  #earn({ trader, asset, amount, time }: Moved): void {
    const at = `${trader.id} ${asset}`;
    const market = this.#market(asset, amount, time);
    const worth = market ?? ZERO;
    if (amount.gt(0)) {
      this.#count(at, 'income', worth);
      // Without a market price the cost is unknown, not 0.
      this.#add(at, known(amount, market));
    } else {
      this.#count(at, 'feesPaid', worth.negated());
      if (CASH.has(asset)) this.#count(at, 'fee', worth);
      this.#dispose(at, amount.negated(), ZERO, 'fee');
    }
  }

  /** At cost, which goes along where the coins arrive in an account of one's own; what the way took is lost. */
  #leave({ trader, asset, amount, fee, time, journey }: Moved): void {
    const at = `${trader.id} ${asset}`;
    if (!fee.isZero()) this.#count(at, 'feesPaid', this.#market(asset, fee, time));
    const sent = amount.plus(fee);
    const taken = this.#take(at, sent);
    if (journey === undefined || CASH.has(asset)) return;
    const part = (whole: Decimal) => whole.times(amount).div(sent);
    const travelling = { quantity: amount, cost: part(taken.cost), unknown: part(taken.unknown) };
    this.#travelling.set(journey, travelling);
    this.#count(at, 'transferFee', travelling.cost.minus(taken.cost));
  }

  #dispose(at: string, quantity: Decimal, proceeds: Amount, kind: 'trade' | 'fee'): void {
    const taken = this.#take(at, quantity);
    if (!proceeds || isCash(at) || quantity.isZero()) return;
    const matched = proceeds.times(taken.quantity.minus(taken.unknown)).div(quantity);
    this.#count(at, kind, matched.minus(taken.cost));
    this.#count(at, 'unmatched', proceeds.minus(matched));
  }

  /** Money may be owed; coins stop at nothing. */
  #take(at: string, quantity: Decimal): Coins {
    const pool = this.pools.get(at) ?? EMPTY;
    if (isCash(at)) {
      this.pools.set(at, { ...pool, quantity: pool.quantity.minus(quantity) });
      return NO_COINS;
    }
    const found = Decimal.min(quantity, pool.quantity);
    const part = (whole: Decimal) =>
      found.eq(pool.quantity) ? whole : whole.times(found).div(pool.quantity);
    const taken = { quantity: found, cost: part(pool.cost), unknown: part(pool.unknown) };
    this.pools.set(at, {
      ...pool,
      quantity: pool.quantity.minus(found),
      cost: pool.cost.minus(taken.cost),
      unknown: pool.unknown.minus(taken.unknown),
    });
    return taken;
  }

  #add(at: string, { quantity, cost, unknown }: Coins): void {
    const pool = this.pools.get(at) ?? EMPTY;
    const costs = isCash(at) ? NO_COINS : { cost, unknown };
    this.pools.set(at, {
      ...pool,
      quantity: pool.quantity.plus(quantity),
      cost: pool.cost.plus(costs.cost),
      unknown: pool.unknown.plus(costs.unknown),
    });
  }

  #count(at: string, kind: Counted, amount: Amount): void {
    const pool = this.pools.get(at) ?? EMPTY;
    this.pools.set(at, { ...pool, [kind]: pool[kind].plus(amount ?? ZERO) });
  }

  /** By the candle of the minute; nothing where a coin is not traded for dollars. */
  #market(asset: string, amount: Decimal, time: number): Amount {
    if (CASH.has(asset)) return amount;
    const market = ['USDT', 'USDC']
      .map((quote) => `${asset}${quote}`)
      .find((id) => this.#world.markets.has(id));
    return market === undefined
      ? undefined
      : amount.times(this.#world.priceAt(market, time - (time % MINUTE_MS)));
  }
}

const isCash = (at: string): boolean => CASH.has(at.split(' ')[1] ?? '');

const sum = (a: Amount, b: Amount): Amount => a && b && a.plus(b);

const known = (quantity: Decimal, cost: Amount): Coins => ({
  quantity,
  cost: cost ?? ZERO,
  unknown: cost ? ZERO : quantity,
});
