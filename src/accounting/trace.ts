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
 * Watches what a ledger does with one asset. It reckons nothing itself: every figure is read off the books
 * before and after an event.
 */
export class Trace {
  lines: TraceLine[] = [];
  /** What the lines left out come to. */
  earlier: AssetTrace['earlier'];
  readonly #ledger: Ledger;
  readonly #asset: string;
  readonly #limit: number;
  /** What goes with a fee that waits for the acquisitions of its millisecond. */
  #waiting: Movement[] = [];
  #time: number | undefined;
  #counted = { realized: ZERO, unmatched: ZERO };
  #missing = 0;
  #unvalued = 0;

  /** Of a long history only the last `limit` lines are kept, and whole events. */
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

  /** By the average method there is one lot at most. */
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

  /** What is not known is not 0: proceeds without a value, or over a cost that is not known. */
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

  /** Coins of which the history does not know where they came from, before they leave. */
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

/** What is bought or sent here realizes nothing, whatever its value. */
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
