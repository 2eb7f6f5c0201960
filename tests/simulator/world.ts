import { Decimal, toText } from './decimal.js';
import { createAccount, type SimulatedAccount } from './account.js';

export interface SimulatedMarket {
  readonly id: string;
  readonly base: string;
  readonly quote: string;
  readonly price: string;
  /** Trading starts here (ms); before it there is no candle. */
  readonly opensAt?: number;
}

const MARKETS: readonly (readonly [string, string, string])[] = [
  ['BTC', 'USDT', '64250.5'],
  ['ETH', 'USDT', '3120.25'],
  ['SOL', 'USDT', '148.62'],
  ['XRP', 'USDT', '0.5815'],
  ['MNT', 'USDT', '0.7342'],
  ['USDC', 'USDT', '0.9998'],
  ['BTC', 'USDC', '64261.3'],
  ['ETH', 'BTC', '0.048564'],
  ['ORDX', 'BTC', '0.00000123'],
  ['EURX', 'USDC', '1.0842'],
  ['BNB', 'USDT', '602.4'],
];

const PERIOD_MS = 5 * 86_400_000;
const SWING = 0.04;
/** A coin that is pegged hardly moves. */
const PEGGED = 'USDCUSDT';
const PEGGED_SWING = 0.0004;

/** A seeded exchange: its clock, markets and accounts; every balance follows from what happened. */
export class World {
  readonly accounts: SimulatedAccount[] = [];
  readonly markets = new Map<string, SimulatedMarket>();
  /** With the moment since which nothing is traded there. */
  readonly delisted = new Map<string, SimulatedMarket & { readonly since: number }>();
  readonly #overrides = new Map<string, { readonly from: number; readonly price: string }[]>();
  #offset = 0;
  #serial = 0;

  constructor() {
    for (const [base, quote, price] of MARKETS) this.addMarket(base, quote, price);
  }

  now(): number {
    return Date.now() + this.#offset;
  }

  /** Lets time pass, or sets the exchange's clock off from this machine's. */
  advance(ms: number): void {
    this.#offset += ms;
  }

  addMarket(base: string, quote: string, price: string, opensAt = 0): SimulatedMarket {
    const market = { id: `${base}${quote}`, base, quote, price, opensAt };
    this.markets.set(market.id, market);
    this.delisted.delete(market.id);
    return market;
  }

  /** COIN1/USDT and so on, for loads. */
  addMarkets(count: number): SimulatedMarket[] {
    return Array.from({ length: count }, (_, index) =>
      this.addMarket(`COIN${index + 1}`, 'USDT', `${index + 1}.5`),
    );
  }

  /** Whether anything was traded on the market before a time (ms). */
  hasOpened(id: string, before: number): boolean {
    const { opensAt = 0 } = this.markets.get(id) ?? this.delisted.get(id) ?? {};
    return opensAt < before;
  }

  delist(id: string): void {
    const market = this.markets.get(id);
    if (!market) return;
    this.delisted.set(id, { ...market, since: this.now() });
    this.markets.delete(id);
  }

  /** From now on the market's price is this one. */
  setPrice(id: string, price: string): void {
    this.#overrides.set(id, [...(this.#overrides.get(id) ?? []), { from: this.now(), price }]);
  }

  /** A slow swing around the market's price; the same for the same moment, as candles need it. */
  priceAt(id: string, asked: number): string {
    const gone = this.delisted.get(id);
    const market = this.markets.get(id) ?? gone;
    if (!market) throw new Error(`no market ${id}`);
    const time = gone ? Math.min(asked, gone.since) : asked;
    const set = this.#overrides.get(id)?.findLast(({ from }) => from <= time);
    if (set) return set.price;
    const phase = Buffer.from(id).reduce((sum, byte) => sum + byte, 0);
    const minute = Math.floor(time / 60_000) * 60_000;
    const swing = id === PEGGED ? PEGGED_SWING : SWING;
    const factor = 1 + swing * Math.sin((minute / PERIOD_MS) * 2 * Math.PI + phase);
    return toText(new Decimal(market.price).times(factor.toFixed(6)).toSignificantDigits(8));
  }

  addAccount(apiKey: string, secret: string): SimulatedAccount {
    const account = createAccount(this, apiKey, secret);
    this.accounts.push(account);
    return account;
  }

  /** Ids rise with the order of creation, as the exchange's do. */
  nextId(): number {
    this.#serial += 1;
    return this.#serial;
  }
}
