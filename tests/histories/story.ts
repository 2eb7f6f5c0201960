import type { SimulatedAccount } from '../simulator/account.js';
import { Decimal } from '../simulator/decimal.js';
import { Agenda } from './agenda.js';
import { convert, earn, receiveFromUser, reward, sweep } from './converting.js';
import { deposit, send, sendUnnamed, shift, withdraw } from './moving.js';
import type { Random } from './random.js';
import { SteppedWorld } from './stepped-world.js';
import { type Journey, Trader } from './trader.js';
import { burst, exit, OLD_COIN, trade } from './trading.js';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** The history begins here; what was before is not asked for. */
export const FIRST_DAY = Date.UTC(2026, 0, 5);
const LENGTH_DAYS = 45;
/** Two transfers without a name that lie within a day could be mistaken for each other. */
const UNNAMED_APART_MS = 36 * HOUR_MS;
/** By which all that is late has been shown and all that is under way has ended. */
const LATEST_END_MS = 3 * DAY_MS;
/** About so many events come with each fill. */
const EVENTS_PER_FILL = 0.75;
const PRICE_JUMPS = 0.01;

type Kind = (trader: Trader) => void;

/** How often what happens, for each exchange. */
const COMMON: readonly (readonly [number, Kind])[] = [
  [60, trade],
  [4, burst],
  [2, exit],
  [3, deposit],
  [3, withdraw],
  [3, convert],
  [3, sweep],
  [2, shift],
];

/** Two accounts at Bybit between which coins are sent, and one at Binance, whose history grows as time passes. */
export class Story {
  readonly world = new SteppedWorld(FIRST_DAY);
  readonly traders: readonly Trader[];
  readonly journeys: Journey[] = [];
  readonly #random: Random;
  readonly #agenda = new Agenda();
  readonly #pace: number;
  readonly #kinds: ReadonlyMap<Trader, readonly (readonly [number, Kind])[]>;
  #nextUnnamed = 0;

  constructor(random: Random, trades: number) {
    const { world } = this;
    this.#random = random;
    this.#pace = (LENGTH_DAYS * DAY_MS) / (trades * EVENTS_PER_FILL);
    const stage = { world, random, agenda: this.#agenda, journeys: this.journeys };
    const open = (id: string) =>
      new Trader(id, world.addAccount(`key${id.replace('/', '')}`, `secret of ${id}`), stage);
    const [main, second, binance] = [open('bybit'), open('bybit/sub1'), open('binance')];
    this.traders = [main, second, binance];
    this.#kinds = new Map<Trader, readonly (readonly [number, Kind])[]>([
      [
        main,
        [
          ...COMMON,
          [3, receiveFromUser],
          [
            3,
            (from) => {
              send(from, second);
            },
          ],
          [
            3,
            (from) => {
              this.#sendUnnamed(from, second);
            },
          ],
        ],
      ],
      [
        second,
        [
          ...COMMON,
          [3, receiveFromUser],
          [
            4,
            (from) => {
              send(from, main);
            },
          ],
        ],
      ],
      [binance, [...COMMON, [5, reward], [2, earn]]],
    ]);
    for (const [base, quote, price] of FEE_MARKETS) world.addMarket(base, quote, price);
    for (const trader of this.traders) begin(trader.account);
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

  #act(): void {
    const [main, second, binance] = this.traders;
    if (!main || !second || !binance) return;
    const trader = this.#random.weighted([
      [50, main],
      [15, second],
      [35, binance],
    ]);
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

/** So that a fee in the exchange's own coin has a size whatever the trade is quoted in. */
const FEE_MARKETS = [
  ['MNT', 'USDC', '0.7343'],
  ['MNT', 'BTC', '0.00001143'],
  ['BNB', 'USDC', '602.5'],
  ['BNB', 'BTC', '0.009376'],
] as const;

const BEFORE_MS = 20 * DAY_MS;

function begin(account: SimulatedAccount): void {
  account.deposit(OLD_COIN, '4321.987654', { time: FIRST_DAY - BEFORE_MS });
  account.deposit('USDT', '60000', { time: FIRST_DAY + HOUR_MS });
  account.deposit('USDC', '25000', { time: FIRST_DAY + HOUR_MS });
  account.deposit('BTC', '0.51234567', { time: FIRST_DAY + 2 * HOUR_MS });
  account.deposit('MNT', '3000', { time: FIRST_DAY + 2 * HOUR_MS });
  account.deposit('BNB', '4.5', { time: FIRST_DAY + 2 * HOUR_MS });
}
