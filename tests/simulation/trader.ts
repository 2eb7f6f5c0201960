import type { Row, SimulatedAccount } from '../simulator/account.js';
import { Decimal, toText, ZERO } from '../simulator/decimal.js';
import type { WalletName } from '../simulator/events.js';
import type { Agenda } from './agenda.js';
import type { Random } from './random.js';
import type { AccountName, Shape } from './shape.js';
import type { SteppedWorld } from './stepped-world.js';

const MINUTE_MS = 60_000;
/** Trades are looked for two hours behind the last sync, all else for three days. */
const LATEST_TRADE_MINUTES = 100;
const LATEST_RECORD_MINUTES = 2 * 24 * 60;
const LATE_TRADES = 0.05;
const LATE_RECORDS = 0.15;

/** Coins on their way from one account of one's own to another. */
export interface Journey {
  readonly withdrawal: Row;
  readonly deposit: Row;
  readonly arrivesAt: number;
}

export interface TraderStage {
  readonly world: SteppedWorld;
  readonly random: Random;
  readonly agenda: Agenda;
  readonly journeys: Journey[];
  readonly shape: Shape;
}

/** One account of the history, its exchange, and what somebody who acts on it needs to know. */
export class Trader {
  readonly id: AccountName;
  readonly account: SimulatedAccount;
  readonly world: SteppedWorld;
  readonly random: Random;
  readonly agenda: Agenda;
  readonly journeys: Journey[];
  /** Pays its fees in this coin where it has it. */
  readonly feeCoin: 'MNT' | 'BNB';
  readonly #laggingUntil = new Map<string, number>();
  readonly #latestSearched: number;

  constructor(id: AccountName, account: SimulatedAccount, stage: TraderStage) {
    this.id = id;
    this.account = account;
    this.world = stage.world;
    this.random = stage.random;
    this.agenda = stage.agenda;
    this.journeys = stage.journeys;
    this.#latestSearched = stage.shape.latestSearchedMinutes;
    this.feeCoin = this.isBinance ? 'BNB' : 'MNT';
  }

  get isBinance(): boolean {
    return this.id.startsWith('binance');
  }

  has(asset: string, wallet: WalletName = 'UNIFIED'): Decimal {
    return this.account.wallets[wallet].get(asset) ?? ZERO;
  }

  /** In US dollars, of one coin; zero where nothing is traded for dollars. */
  priceOf(asset: string): Decimal {
    if (asset === 'USDT') return new Decimal(1);
    const market = ['USDT', 'USDC']
      .map((quote) => `${asset}${quote}`)
      .find((id) => this.world.markets.has(id));
    return market === undefined ? ZERO : new Decimal(this.world.priceAt(market, this.world.now()));
  }

  /** A part of what there is, of some value; undefined where there is too little. */
  some(asset: string, largestShare: number, wallet?: WalletName): string | undefined {
    const share = new Decimal(this.random.whole(1, 1000)).div(1000).times(largestShare);
    const amount = this.has(asset, wallet).times(share);
    const price = this.priceOf(asset);
    if (price.gt(0) && amount.times(price).lt(1)) return undefined;
    return this.rounded(amount);
  }

  /** Coins for so many dollars. */
  worth(asset: string, dollars: number): string {
    const price = this.priceOf(asset);
    return this.rounded(price.isZero() ? new Decimal(dollars) : new Decimal(dollars).div(price)) ?? '1';
  }

  /** To a precision as exchanges have them; undefined where nothing is left. */
  rounded(amount: Decimal): string | undefined {
    const text = toText(amount.toDecimalPlaces(this.random.whole(4, 8), Decimal.ROUND_DOWN));
    return text === '0' ? undefined : text;
  }

  minutesLater(minutes: number): number {
    return this.world.now() + minutes * MINUTE_MS;
  }

  /** The exchange may show the newest trade late: Bybit after newer ones, Binance only after those of other markets. */
  mayShowTradeLate(market: string): void {
    const now = this.world.now();
    const lagging = this.#laggingUntil.get(market) ?? now;
    const due = this.random.chance(LATE_TRADES)
      ? this.minutesLater(this.random.whole(1, this.#latestTrade()))
      : now;
    const shown = this.isBinance ? Math.max(lagging, due) : due;
    this.#laggingUntil.set(market, shown);
    if (shown > now) this.#hide(this.account.executions, shown);
  }

  mayShowLate(list: unknown[]): void {
    if (!this.random.chance(LATE_RECORDS)) return;
    this.#hide(list, this.minutesLater(this.random.whole(1, this.#latestRecord(list))));
  }

  /** Binance tells trades by market, of which a run looks at some. */
  #latestTrade(): number {
    return this.isBinance ? Math.min(LATEST_TRADE_MINUTES, this.#latestSearched) : LATEST_TRADE_MINUTES;
  }

  #latestRecord(list: unknown[]): number {
    const { conversions, sweeps, internalDeposits } = this.account;
    const isSearched = !this.isBinance && [conversions, sweeps, internalDeposits].some((one) => one === list);
    return isSearched ? Math.min(LATEST_RECORD_MINUTES, this.#latestSearched) : LATEST_RECORD_MINUTES;
  }

  /** The coins have moved, the record is not there yet. */
  #hide(list: unknown[], due: number): void {
    const record = list.pop();
    if (record !== undefined) this.agenda.add(due, () => void list.push(record));
  }
}
