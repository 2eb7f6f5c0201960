import { ONE } from '../models/decimal.js';
import { applyEvent } from './apply-event.js';
import { Ledger } from './ledger.js';
import type { ResolvedEvent } from './resolve.js';
import type { AccountingSettings, PriceLookup } from './settings.js';

export interface PriceNeed {
  readonly asset: string;
  readonly time: number;
}

/** What a price lookup says of one that is neither known nor known to be missing. */
export type PriceState = 'known' | 'none' | 'open';

/**
 * The market prices without which the events cannot be valued, found by applying them to books that are
 * thrown away: what is asked for here is exactly what will be asked for.
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
    // Any price will do; where there is none the next best one is asked for.
    return state === 'none' ? undefined : ONE;
  };
  const scratch = new Ledger(settings, record);
  for (const event of events) applyEvent(scratch, event);
  return [...needs.values()];
}
