import { applyEvent } from '../../src/accounting/apply-event.js';
import { Ledger } from '../../src/accounting/ledger.js';
import { parseDecimal } from '../../src/models/decimal.js';
import type { TransferredCost, DayResult, LedgerState } from '../../src/models/pool.js';
import { orderedSteps, type ReplayInput, type Step } from './replay.js';

/** Everything that is stored of an account, as text. */
export type Outcome = ReadonlyMap<string, string>;

interface Stored {
  state: LedgerState | undefined;
  readonly days: Map<string, DayResult>;
  readonly missing: unknown[];
  readonly unvalued: unknown[];
  readonly carried: Map<string, TransferredCost>;
}

/**
 * The reference cut into batches at some times: after each all ledgers are closed, and the next ones begin
 * with what was stored as text. Without cuts it is one pass.
 */
export function replayInBatches(input: ReplayInput, cuts: readonly number[]): Outcome {
  const accounts = new Map(
    [...input.accounts.keys()].map((id): [string, Stored] => [
      id,
      { state: undefined, days: new Map(), missing: [], unvalued: [], carried: new Map() },
    ]),
  );
  let open = new Map<string, Ledger>();
  const steps = orderedSteps(
    input.accounts,
    input.settings,
    (id, withdrawal) =>
      open.get(id)?.transferredCosts.get(withdrawal) ?? accounts.get(id)?.carried.get(withdrawal),
  );
  for (const batch of batchesOf(steps, cuts)) {
    open = new Map(
      [...accounts].map(([id, { state }]) => [id, new Ledger(input.settings, input.priceAt, state)]),
    );
    for (const { account, open: eventOf } of batch) {
      const ledger = open.get(account);
      if (ledger) applyEvent(ledger, eventOf());
    }
    for (const [id, stored] of accounts) store(stored, open.get(id));
  }
  return new Map([...accounts].map(([id, stored]) => [id, textOf(stored)]));
}

function batchesOf(steps: readonly Step[], cuts: readonly number[]): readonly Step[][] {
  const batches = new Map<number, Step[]>();
  for (const step of steps) {
    const batch = cuts.filter((cut) => cut <= step.event.time).length;
    batches.set(batch, [...(batches.get(batch) ?? []), step]);
  }
  return [...batches.values()];
}

function store(stored: Stored, ledger: Ledger | undefined): void {
  if (!ledger) return;
  for (const day of ledger.days()) stored.days.set(`${day.day} ${day.asset}`, day);
  stored.state = thawed(ledger.state());
  stored.missing.push(...ledger.missing);
  stored.unvalued.push(...ledger.unvalued);
  for (const [id, carried] of ledger.transferredCosts) stored.carried.set(id, thawed(carried));
}

const textOf = ({ state, days, missing, unvalued, carried }: Stored): string =>
  JSON.stringify([
    state,
    [...days].sort(([a], [b]) => (a < b ? -1 : 1)),
    missing,
    unvalued,
    [...carried].sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);

/** Through its text and back: amounts are all that is text, but for the name of an asset. */
const thawed = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (key, field: unknown) =>
    typeof field === 'string' && key !== 'asset' ? parseDecimal(field) : field,
  ) as T;
