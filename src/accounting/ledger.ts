import { type Decimal, ZERO } from '../models/decimal.js';
import type { MissingAcquisition, Pool, Realized, UnvaluedEvent } from '../models/pool.js';
import { acquire, dispose, emptyPool, realize } from './pool.js';
import type { AccountingSettings, PriceLookup } from './settings.js';

interface Movement {
  readonly event: string;
  readonly time: number;
  readonly asset: string;
  readonly quantity: Decimal;
}

interface Acquisition extends Movement {
  readonly cost: Decimal | undefined;
  readonly gross: Decimal | undefined;
}

interface Sale extends Movement {
  readonly proceeds: Decimal | undefined;
  readonly kind: keyof Realized;
}

interface FeeInKind extends Movement {
  readonly value: Decimal | undefined;
}

/** The pools of one account while its events are applied; the fold's working state. */
export class Ledger {
  readonly settings: AccountingSettings;
  readonly priceAt: PriceLookup;
  readonly pools = new Map<string, Pool>();
  readonly missing: MissingAcquisition[] = [];
  readonly unvalued: UnvaluedEvent[] = [];
  #waitingFees: FeeInKind[] = [];

  constructor(settings: AccountingSettings, priceAt: PriceLookup) {
    this.settings = settings;
    this.priceAt = priceAt;
  }

  acquire(movement: Acquisition): void {
    const { asset, quantity, cost, gross } = movement;
    if (cost === undefined || gross === undefined) this.#unvalued(movement);
    const known = cost && gross ? { cost, gross } : undefined;
    this.pools.set(asset, acquire(this.#pool(asset), quantity, known));
  }

  dispose(movement: Sale): void {
    const { asset, quantity, proceeds, kind } = movement;
    const disposal = dispose(this.#pool(asset), quantity);
    this.#gap(movement, disposal.found, disposal.missing);
    if (proceeds === undefined) this.#unvalued(movement);
    this.pools.set(asset, proceeds ? realize(disposal, kind, proceeds) : disposal.pool);
  }

  /** Coins leave at their cost: no profit, no loss. */
  withdraw(movement: Movement): void {
    const disposal = dispose(this.#pool(movement.asset), movement.quantity);
    this.#gap(movement, disposal.found, disposal.missing);
    this.pools.set(movement.asset, disposal.pool);
  }

  /** Deposits have no known cost for now, which is no failure to value them. */
  deposit({ asset, quantity }: Movement): void {
    this.pools.set(asset, acquire(this.#pool(asset), quantity, undefined));
  }

  /**
   * A fee in a third coin is a sale of that coin at market; a rebate an acquisition. One that would take
   * its pool below zero waits for the acquisitions of the same millisecond.
   */
  payFee(fee: FeeInKind): void {
    if (fee.quantity.isNegative()) {
      const value = fee.value?.negated();
      this.acquire({ ...fee, quantity: fee.quantity.negated(), cost: value, gross: value });
    } else if (fee.quantity.gt(this.#pool(fee.asset).quantity)) {
      this.#waitingFees.push(fee);
    } else {
      this.dispose({ ...fee, proceeds: fee.value, kind: 'fee' });
    }
  }

  /** To be called when a millisecond is over. */
  settleFees(): void {
    const fees = this.#waitingFees;
    if (fees.length === 0) return;
    this.#waitingFees = [];
    for (const fee of fees) this.dispose({ ...fee, proceeds: fee.value, kind: 'fee' });
  }

  #pool(asset: string): Pool {
    return this.pools.get(asset) ?? emptyPool(asset);
  }

  #gap({ event, asset, time }: Movement, found: Decimal, missing: Decimal): void {
    if (missing.gt(ZERO)) this.missing.push({ event, asset, time, found, missing });
  }

  #unvalued({ event, asset, time }: Movement): void {
    this.unvalued.push({ event, asset, time });
  }
}
