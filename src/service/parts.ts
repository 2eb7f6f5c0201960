import type { ExchangeClient } from '../client/exchange-client.js';
import { PartFailure } from '../client/part-failure.js';
import {
  type MissingPart,
  type Part,
  type PartStatus,
  type PublicPart,
  type StoredGap,
  streamOf,
} from '../models/coverage.js';
import { confirmKey } from './confirm-key.js';
import type { KeyState } from './key-rights.js';
import type { KnownParts } from './known-parts.js';

/**
 * Number of parts that may fail transiently, each after its retries, before the exchange counts as down: more
 * would use up the run's time without reading anything.
 */
const MAX_TRANSIENT = 2;

export interface PartsContext {
  readonly client: ExchangeClient;
  readonly key: KeyState;
  readonly known: KnownParts;
  /** What was missing after the last sync. */
  readonly gaps: readonly StoredGap[];
  readonly signal: AbortSignal;
  readonly redact: (text: string) => string;
}

/** The parts of an account that a run reads and those that it cannot read: a refused path costs only that path. */
export class Parts {
  readonly #context: PartsContext;
  readonly #wanted = new Set<Part>();
  readonly #missing = new Map<Part, MissingPart>();
  readonly #confirmed = new Set<PartStatus>();
  #transient = 0;

  constructor(context: PartsContext) {
    this.#context = context;
    for (const part of context.key.rights?.unavailable ?? []) {
      this.#wanted.add(part);
      this.#missing.set(part, { ...SUB_ACCOUNT, part });
    }
  }

  /** Whether a part is worth a request in this run. */
  wants(part: Part): boolean {
    if (this.#missing.has(part) || this.#context.known.has(part)) return false;
    this.#wanted.add(part);
    return true;
  }

  /** Those of the parts that this run does not request. */
  skipped(parts: readonly Part[]): ReadonlySet<Part> {
    return new Set(parts.filter((part) => !this.wants(part)));
  }

  /** Reads what prices and pairs depend on; undefined if it cannot be read, which is noted. */
  async readPublic<T>(part: PublicPart, read: () => Promise<T>): Promise<T | undefined> {
    if (!this.wants(part)) return undefined;
    try {
      return await read();
    } catch (error) {
      // Every exchange has it, so that its absence is a failure.
      await this.contain(part, error, { wasRead: true, affects: true });
      return undefined;
    }
  }

  /**
   * Notes what could not be read; throws the error if it concerns more than the part: the key, the host or
   * the run. `wasRead` is true if an earlier run could read it: then it is offered, and only fails now.
   * `affects` is false if no stored figure can be wrong without it.
   */
  async contain(
    part: Part,
    error: unknown,
    { wasRead, affects }: { readonly wasRead: boolean; readonly affects: boolean },
  ): Promise<void> {
    if (!(error instanceof PartFailure)) throw error;
    await this.#confirm(error);
    if (error.transient) this.#transient += 1;
    if (this.#transient > MAX_TRANSIENT) throw error;
    const { message: reason, fix } = error;
    this.note({ part, status: error.status, reason, fix, affects }, wasRead);
    if (!error.transient && !affects) this.#context.known.add(part, Date.now());
  }

  /** The same for a failure that is known to concern only the part. */
  note(gap: MissingPart, wasRead: boolean): void {
    const { part } = gap;
    const isGone = gap.status === 'unavailable' && !wasRead;
    const status = gap.status === 'unavailable' && wasRead ? 'failed' : gap.status;
    this.#wanted.add(part);
    const reason = this.#context.redact(gap.reason);
    this.#missing.set(part, { ...gap, reason, status, affects: gap.affects && !isGone });
    if (isGone) this.#context.known.add(part, Date.now());
  }

  missing(): readonly MissingPart[] {
    return [...this.#missing.values()];
  }

  /**
   * The gaps to store: parts that are missing now, and those that were missing before and were not requested in
   * this run, except markets that are no longer listed.
   */
  gaps(now: number): readonly StoredGap[] {
    const { gaps } = this.#context;
    const kept = gaps.filter(({ part }) => !this.#wanted.has(part) && this.#isOffered(part));
    const missing = this.missing().map((gap) => {
      const before = gaps.find(({ part, status }) => part === gap.part && status === gap.status);
      return { ...gap, since: before?.since ?? now };
    });
    return [...kept, ...missing];
  }

  #isOffered(part: Part): boolean {
    const stream = streamOf(part);
    return stream === undefined || this.#context.client.isOffered(stream);
  }

  /** Checks once per run and kind of failure that the key is good and the host answers; throws if not. */
  async #confirm(error: PartFailure): Promise<void> {
    const { client, key, signal } = this.#context;
    signal.throwIfAborted();
    if (this.#confirmed.has(error.status)) return;
    this.#confirmed.add(error.status);
    if (error.status !== 'refused') {
      if (!(await client.answers())) throw error;
    } else if (!key.fresh && !(await isReported(client))) {
      await confirmKey(client, error);
    }
  }
}

/** Whether the exchange reports the rights of the key, which it does for a good key only. */
async function isReported(client: ExchangeClient): Promise<boolean> {
  try {
    return (await client.readKeyRights()) !== undefined;
  } catch (error) {
    if (error instanceof PartFailure) return false;
    throw error;
  }
}

const SUB_ACCOUNT = {
  status: 'unavailable',
  reason: 'the key belongs to a sub-account, which cannot read this',
  fix: undefined,
  affects: false,
} as const;
