import { type AccountBridge, type Bridges, UNBRIDGED } from '../../models/bridge.js';
import { listed, printable } from '../escape.js';
import { formatQuantity } from '../numbers.js';
import { momentOf } from '../moments.js';

interface Settings {
  readonly privacy: boolean;
}

type Note = (account: AccountBridge, settings: Settings) => string | undefined;

const NOTES: readonly Note[] = [late, partial, excluded, unvalued, estimated, unexplained];

/** What an attribution excludes and what it is based on, a sentence each; times in UTC. */
export const attributionNotes = (account: AccountBridge, settings: Settings): readonly string[] =>
  NOTES.flatMap((note) => note(account, settings) ?? []);

function late({ late: why }: AccountBridge): string | undefined {
  if (why === undefined) return undefined;
  return why === 'first'
    ? 'No snapshot is that old: it starts at the first one.'
    : 'Earlier snapshots were made by another version or with other settings: it starts at the first one after that.';
}

function partial({ from, to }: AccountBridge): string | undefined {
  const times = [from, to].filter(({ complete }) => !complete).map(({ time }) => momentOf(time));
  if (times.length === 0) return undefined;
  return `A wallet could not be read at ${times.join(' and at ')}: its last known balances count, and its changes are unexplained.`;
}

function excluded({ total, assets }: AccountBridge): string | undefined {
  if (total.leftOut.length === 0) return undefined;
  const traded = assets.some(({ bridge }) => bridge && !bridge.terms.traded.isZero());
  const rest = traded && total.bridge && !total.bridge.terms.traded.isZero();
  return `No price then or now for ${listed(total.leftOut)}: excluded from all totals${rest ? '; what was traded for it is not' : ''}.`;
}

function unvalued({ assets }: AccountBridge, { privacy }: Settings): string | undefined {
  const moved = assets.filter((one) => !one.unvalued.isZero());
  if (moved.length === 0) return undefined;
  const coins = moved.map(({ asset, unvalued: amount }) =>
    privacy ? printable(asset) : `${formatQuantity(amount)} ${printable(asset)}`,
  );
  return `Moved at a time without a known price, and so unexplained: ${coins.join(', ')}.`;
}

function estimated({ assets }: AccountBridge): string | undefined {
  const found = assets.filter((one) => one.estimated).map(({ asset }) => asset);
  return found.length === 0 ? undefined : estimatedNote(found);
}

export const estimatedNote = (assets: readonly string[]): string =>
  `Realized P&L of ${listed(assets)} is based on an estimated cost: the market value on the day of the deposit.`;

function unexplained({ total: { bridge } }: AccountBridge): string | undefined {
  if (!bridge || bridge.terms.unexplained.toDecimalPlaces(2).isZero()) return undefined;
  return 'Unexplained: balance changes with no matching trade, transfer or income. Run `exchange-sync check` for details.';
}

/** Of all accounts together: which ones are not included, and why. */
export const notIncluded = ({ unbridged }: Bridges): readonly string[] =>
  unbridged.map(({ account, reason }) => `${printable(account)} is not included: ${UNBRIDGED[reason]}.`);
