import { matchTransfers } from '../accounting/match-transfers.js';
import { type Resolution, type Resolve, resolver, resolvedTime } from '../accounting/resolve.js';
import type { AccountingSettings } from '../accounting/settings.js';
import { type AccountEvent, eventKey } from '../models/account-event.js';
import type { AccountId } from '../models/account.js';
import type { AccountTransfer, Ambiguity } from '../models/transfers.js';
import { transferredCostKey, type OwnTransfers } from '../repository/own-transfers.js';
import { transferredCostJson } from '../repository/checkpoints.js';
import { transferKey } from '../repository/event-rows.js';
import type { PendingEvents } from './pending-events.js';

export interface ResolvedTransfers {
  readonly resolve: Resolve;
  readonly resolutions: readonly {
    readonly direction: string;
    readonly id: string;
    readonly resolution: string;
  }[];
  /** Groups in which a transfer of the account could match several others. */
  readonly ambiguous: readonly Ambiguity[];
  /** The earliest time (ms) that a match affects which is not applied yet. */
  readonly affectedFrom: number | undefined;
}

/** Matches the account's transfers with those of the user's other accounts, as far as these have been read. */
export function resolveTransfers(
  settings: AccountingSettings,
  account: AccountId,
  stored: OwnTransfers,
  pending: PendingEvents,
): ResolvedTransfers {
  const waiting = pending.events.flatMap((event) => transferOf(event, account));
  const keys = new Set(waiting.map(eventKey));
  const others = stored.transfers.filter(
    (transfer) => transfer.account !== account || !keys.has(eventKey(transfer)),
  );
  const alone = others.every((transfer) => transfer.account === account);
  const all = alone ? [] : [...others, ...waiting];
  const { matches, ambiguous } = matchTransfers(all, settings);
  const resolve = resolver(account, matches, (id, withdrawal) =>
    stored.transferredCosts.get(transferredCostKey(id, withdrawal)),
  );

  const own = all.filter((transfer) => transfer.account === account);
  const resolutions = own.flatMap((transfer) => {
    const resolution = resolve(transfer);
    return resolution ? [{ transfer, resolution, text: storedText(resolution) }] : [];
  });
  const texts = new Map(resolutions.map(({ transfer, text }) => [transferKey(transfer), text]));
  const times = own
    .filter((transfer) => texts.get(transferKey(transfer)) !== stored.resolutions.get(transferKey(transfer)))
    .map((transfer) => resolvedTime(transfer.time, resolve(transfer)));
  // The user deleted an account whose transfer was matched: the time from which that has an effect is unknown.
  const known = new Set(own.map(transferKey));
  if ([...stored.resolutions.keys()].some((key) => !known.has(key))) times.push(-Infinity);
  return {
    resolve,
    resolutions: resolutions.map(({ transfer: { type, id }, text }) => ({
      direction: type,
      id,
      resolution: text,
    })),
    ambiguous: ambiguous.filter((group) => group.some((transfer) => transfer.account === account)),
    affectedFrom: times.length === 0 ? undefined : Math.min(...times),
  };
}

const transferOf = (event: AccountEvent, account: AccountId): readonly AccountTransfer[] =>
  event.type === 'deposit' || event.type === 'withdrawal' ? [{ ...event, type: event.type, account }] : [];

const storedText = (resolution: Resolution): string =>
  JSON.stringify(
    resolution.kind === 'carried'
      ? { ...resolution, carried: transferredCostJson(resolution.carried) }
      : resolution,
  );
