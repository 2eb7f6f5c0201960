import {
  type Bridge,
  BRIDGE_TERMS,
  type Bridges,
  type Moment,
  type TotalBridge,
  UNBRIDGED,
} from '../../models/bridge.js';
import { amountOrNull, jsonText, SCHEMA_VERSION, timeOrNull } from './text.js';

/** Attributions for a machine: amounts as strings with the sign of the change, null for what is not known. */
export function renderAttributionJson(bridges: Bridges, { currency }: { readonly currency: string }): string {
  return jsonText({
    schemaVersion: SCHEMA_VERSION,
    generatedAt: timeOrNull(bridges.now),
    currency,
    since: timeOrNull(bridges.since),
    accounts: bridges.accounts.map(({ account, from, to, late, assets, total }) => ({
      account,
      from: endJson(from),
      to: endJson(to),
      beginsLate: late ?? null,
      assets: assets.map(({ asset, bridge, unvalued, estimated }) => ({
        asset,
        bridge: bridgeJson(bridge),
        unvaluedQuantity: amountOrNull(unvalued),
        realizedIsEstimate: estimated,
      })),
      total: totalJson(total),
    })),
    notCounted: bridges.unbridged.map(({ account, newest, reason }) => ({
      account,
      newest: timeOrNull(newest),
      reason: UNBRIDGED[reason],
    })),
    total: totalJson(bridges.total),
  });
}

const endJson = ({ time, complete }: Omit<Moment, 'assets'>): object => ({
  time: timeOrNull(time),
  complete,
});

const totalJson = ({ bridge, leftOut }: TotalBridge): object => ({
  bridge: bridgeJson(bridge),
  leavesOut: leftOut,
});

function bridgeJson(bridge: Bridge | undefined): object | null {
  if (!bridge) return null;
  const { from, to, terms } = bridge;
  return {
    valueBefore: amountOrNull(from),
    valueNow: amountOrNull(to),
    change: amountOrNull(to.minus(from)),
    ...Object.fromEntries(BRIDGE_TERMS.map((term) => [term, amountOrNull(terms[term])])),
  };
}
