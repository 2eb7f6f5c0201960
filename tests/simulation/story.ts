import { Decimal } from '../simulator/decimal.js';
import { Agenda } from './agenda.js';
import { begin, DAY_MS, FIRST_DAY, HOUR_MS } from './beginning.js';
import { ACTIVITY, type Kind, kindsOf } from './kinds.js';
import { sendUnnamed } from './moving.js';
import type { Random } from './random.js';
import { type AccountName, LONG, type Shape } from './shape.js';
import { SteppedWorld } from './stepped-world.js';
import { type Journey, Trader } from './trader.js';
import { OLD_COIN } from './trading.js';

/** Two transfers without a name that lie within a day could be mistaken for each other. */
const UNNAMED_APART_MS = 36 * HOUR_MS;
/** By which all that is late has been shown and all that is under way has ended. */
const LATEST_END_MS = 3 * DAY_MS;
/** About so many events come with each fill. */
const EVENTS_PER_FILL = 0.75;
const PRICE_JUMPS = 0.01;

/** Accounts whose history grows as time passes; coins are sent between the two at Bybit. */
export class Story {
  readonly world = new SteppedWorld(FIRST_DAY);
  readonly traders: readonly Trader[];
  readonly journeys: Journey[] = [];
  readonly #random: Random;
  readonly #agenda = new Agenda();
  readonly #pace: number;
  readonly #kinds: ReadonlyMap<Trader, readonly (readonly [number, Kind])[]>;
  #nextUnnamed = 0;

  constructor(random: Random, trades: number, shape: Shape = LONG) {
    const { world } = this;
    this.#random = random;
    this.#pace = (shape.days * DAY_MS) / (trades * EVENTS_PER_FILL);
    const stage = { world, random, agenda: this.#agenda, journeys: this.journeys, shape };
    const open = (id: AccountName) =>
      new Trader(id, world.addAccount(`key${id.replace('/', '')}`, `secret of ${id}`), stage);
    this.traders = shape.accounts.map(open);
    const sendUnnamedApart = (from: Trader, to: Trader) => {
      this.#sendUnnamed(from, to);
    };
    this.#kinds = new Map(
      this.traders.map((trader) => [trader, kindsOf(trader, this.traders, sendUnnamedApart)]),
    );
    begin(world, this.traders);
  }

  get trades(): number {
    return this.traders.reduce((sum, { account }) => sum + account.executions.length, 0);
  }

  /** Lets things happen until there are so many trades, those that are not shown yet left out. */
  tell(trades: number): void {
    while (this.trades < trades) {
      this.#pass(-Math.log(1 - this.#random.next()) * this.#pace);
      if (this.#random.chance(PRICE_JUMPS)) this.#movePrice();
      this.#act();
    }
  }

  /** Some more while the program is asking. */
  meanwhile(events: number): void {
    this.world.meanwhile(() => {
      for (let count = 0; count < events; count += 1) {
        this.world.goTo(this.world.now() + 1);
        this.#act();
      }
    });
  }

  /** Time in which nobody does anything. */
  rest(ms: number): void {
    this.#pass(ms);
  }

  #act(): void {
    const trader = this.#random.weighted(this.traders.map((one) => [ACTIVITY[one.id], one] as const));
    this.#random.weighted(this.#kinds.get(trader) ?? [])(trader);
  }

  /** The end: the old coin is sold, and everything late or under way comes to its end. */
  end(): void {
    for (const { account } of this.traders) {
      const left = account.wallets.UNIFIED.get(OLD_COIN);
      if (left?.gt(0))
        account.trade({ symbol: `${OLD_COIN}USDT`, side: 'Sell', amount: left.toFixed(), feeAsset: 'USDT' });
    }
    this.#pass(LATEST_END_MS);
  }

  #pass(ms: number): void {
    const until = this.world.now() + Math.floor(ms);
    for (let entry = this.#agenda.next(until); entry; entry = this.#agenda.next(until)) {
      this.world.goTo(entry.time);
      entry.happen();
    }
    this.world.goTo(until);
  }

  /** Candles are cut at full minutes, so prices jump there only. */
  #movePrice(): void {
    const { world } = this;
    this.#pass(60_000 - (world.now() % 60_000));
    const { id } = this.#random.pick([...world.markets.values()]);
    world.setPrice(
      id,
      new Decimal(world.priceAt(id, world.now()))
        .times(this.#random.whole(850, 1180))
        .div(1000)
        .toSignificantDigits(7)
        .toFixed(),
    );
  }

  #sendUnnamed(from: Trader, to: Trader): void {
    if (this.world.now() < this.#nextUnnamed) return;
    this.#nextUnnamed = this.world.now() + UNNAMED_APART_MS;
    sendUnnamed(from, to);
  }
}
