import { ONE } from '../models/decimal.js';
import { applyEvent } from './apply-event.js';
import { Ledger } from './ledger.js';
import type { ResolvedEvent } from './resolve.js';
import type { AccountingSettings, PriceLookup } from './settings.js';

export interface PriceNeed {
  readonly asset: string;
  readonly time: number;
}

/** Whether a price is known, known to be missing (`none`), or to be fetched (`open`). */
export type PriceState = 'known' | 'none' | 'open';

/**
 * The market prices that the events need, found by applying them to a ledger that is thrown away: the lookups
 * are exactly those of the real update.
 */
export function priceNeeds(
  events: readonly ResolvedEvent[],
  settings: AccountingSettings,
  stateOf: (need: PriceNeed) => PriceState,
): PriceNeed[] {
  const needs = new Map<string, PriceNeed>();
  const record: PriceLookup = (asset, time) => {
    const state = stateOf({ asset, time });
    if (state === 'open') needs.set(`${asset} ${time}`, { asset, time });
    // Any price will do; if there is none, the ledger looks up the next best one.
    return state === 'none' ? undefined : ONE;
  };
  const scratch = new Ledger(settings, record);
  for (const event of events) applyEvent(scratch, event);
  return [...needs.values()];
}
