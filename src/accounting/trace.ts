import { average, type Decimal, ZERO } from '../models/decimal.js';
import type { AssetTrace, Movement, Outcome, Position, TraceLine } from '../models/trace.js';
import { applyEvent } from './apply-event.js';
import type { OpenPool } from './open-pool.js';
import type { Ledger } from './ledger.js';
import { movementsOf } from './movements.js';
import { knownQuantity, sumOfLots } from './lot.js';
import type { ResolvedEvent } from './resolve.js';
import { SummedLots } from './summed-lots.js';
import { totalOf } from './totals.js';

/**
 * Records what a ledger does with one asset. It computes nothing itself: every figure is read from the ledger
 * before and after an event.
 */
export class Trace {
  lines: TraceLine[] = [];
  /** The sum of the lines that were dropped. */
  earlier: AssetTrace['earlier'];
  readonly #ledger: Ledger;
  readonly #asset: string;
  readonly #limit: number;
  /** The movements of events whose fee waits for the acquisitions of its millisecond. */
  #waiting: Movement[] = [];
  #time: number | undefined;
  #counted = { realized: ZERO, unmatched: ZERO };
  #missing = 0;
  #unvalued = 0;

  /** Keeps at least the last `limit` lines, and only whole events. */
  constructor(ledger: Ledger, asset: string, limit = Infinity) {
    this.#ledger = ledger;
    this.#asset = asset;
    this.#limit = limit;
  }

  apply(event: ResolvedEvent): void {
    this.#ledger.advance(event.time);
    if (event.time !== this.#time) this.#settle();
    this.#time = event.time;
    const movements = movementsOf(this.#ledger, event, this.#asset);
    if (movements.length === 0) {
      applyEvent(this.#ledger, event);
      return;
    }
    this.#sumLots();
    const waiting = this.#ledger.waitingFeesOf(this.#asset);
    applyEvent(this.#ledger, event);
    if (this.#ledger.waitingFeesOf(this.#asset) > waiting) this.#waiting.push(...movements);
    else this.#record(movements);
  }

  /** After the last event. */
  end(): { readonly position: Position; readonly realized: Decimal } {
    this.#ledger.state();
    this.#settle();
    this.#cut();
    return { position: positionOf(this.#pool), realized: realizedOf(this.#pool) };
  }

  get #pool(): OpenPool {
    return this.#ledger.pool(this.#asset);
  }

  /** The average method has one lot at most, so that its sum costs nothing. */
  #sumLots(): void {
    const pool = this.#pool;
    if (this.#ledger.settings.method !== 'average' && !(pool.lots instanceof SummedLots)) {
      pool.lots = new SummedLots(pool.lots);
    }
  }

  #settle(): void {
    if (this.#waiting.length > 0) this.#record(this.#waiting);
    this.#waiting = [];
  }

  #record(movements: readonly Movement[]): void {
    const outcome = this.#outcome(movements);
    const lines = [...this.#gaps(movements), ...movements];
    lines.forEach((line, at) => {
      this.lines.push({ ...line, outcome: at === lines.length - 1 ? outcome : undefined });
    });
    if (this.lines.length > 2 * this.#limit) this.#cut();
  }

  /** The result is unknown, not 0, if proceeds have no value or their cost is unknown. */
  #outcome(movements: readonly Movement[]): Outcome {
    const realized = realizedOf(this.#pool);
    const { unmatchedProceeds: unmatched } = totalOf(this.#pool);
    const gain = realized.minus(this.#counted.realized);
    const found = this.#ledger.unvalued.slice(this.#unvalued);
    const open =
      !unmatched.eq(this.#counted.unmatched) ||
      (movements.some(isRealizing) && found.some(({ asset }) => asset === this.#asset));
    this.#counted = { realized, unmatched };
    this.#unvalued = this.#ledger.unvalued.length;
    return { realized: open && gain.isZero() ? undefined : gain, position: positionOf(this.#pool) };
  }

  /** Coins that left without a recorded acquisition: a line before the movement that took them. */
  #gaps([movement]: readonly Movement[]): Movement[] {
    const found = this.#ledger.missing.slice(this.#missing).filter(({ asset }) => asset === this.#asset);
    this.#missing = this.#ledger.missing.length;
    const [counter, value] = [movement?.counter, undefined];
    return found.map(({ event, time, missing }) => {
      return { time, event, what: 'gap', counter, quantity: missing, value, charges: [] };
    });
  }

  #cut(): void {
    let from = this.lines.length - this.#limit;
    while (from > 0 && this.lines[from - 1]?.outcome === undefined) from -= 1;
    if (from <= 0) return;
    const outcomes = this.lines.slice(0, from).flatMap(({ outcome }) => outcome ?? []);
    const last = outcomes.at(-1);
    const realized = outcomes.reduce(
      (sum, one) => sum.plus(one.realized ?? ZERO),
      this.earlier?.realized ?? ZERO,
    );
    if (last) {
      this.earlier = { lines: (this.earlier?.lines ?? 0) + from, position: last.position, realized };
    }
    this.lines = this.lines.slice(from);
  }
}

/** Purchases and arrivals realize nothing, whatever their value. */
const isRealizing = ({ what, quantity }: Movement): boolean => quantity.isNegative() || what === 'income';

function positionOf({ quantity, lots }: OpenPool): Position {
  const pool = lots instanceof SummedLots ? lots.sum : sumOfLots({ lots: lots.items });
  const { cost, estimatedQuantity } = pool;
  const known = knownQuantity(pool);
  return {
    quantity,
    cost,
    knownQuantity: known,
    average: known.isZero() ? undefined : average(cost, known),
    estimatedQuantity,
  };
}

function realizedOf({ past, today }: OpenPool): Decimal {
  const { trade, fee, income, transferFee } = totalOf({ past, today });
  return trade.plus(fee).plus(income).plus(transferFee);
}
