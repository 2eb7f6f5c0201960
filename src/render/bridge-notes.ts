import { type AccountBridge, type Bridges, UNBRIDGED } from '../models/bridge.js';
import { printable } from './escape.js';
import { formatQuantity } from './numbers.js';
import { listed } from './portfolio-notes.js';
import { momentOf } from './time-axis.js';

type Note = (account: AccountBridge, options: { readonly privacy: boolean }) => string | undefined;

const NOTES: readonly Note[] = [late, partial, leftOut, unvalued, estimated, unexplained];

/** What a bridge leaves out and rests on, a sentence each; times in UTC. */
export const bridgeNotes = (
  account: AccountBridge,
  options: { readonly privacy: boolean },
): readonly string[] => NOTES.flatMap((note) => note(account, options) ?? []);

function late({ late: why }: AccountBridge): string | undefined {
  if (why === undefined) return undefined;
  return why === 'first'
    ? 'No snapshot is as old as asked: it begins at the first one.'
    : 'What was counted before was counted by another version or other settings: it begins at the first snapshot after that.';
}

function partial({ from, to }: AccountBridge): string | undefined {
  const times = [from, to].filter(({ complete }) => !complete).map(({ time }) => momentOf(time));
  if (times.length === 0) return undefined;
  return `A wallet could not be read at ${times.join(' and at ')}: its last known balances count, and what happened to them is unexplained.`;
}

function leftOut({ total, assets }: AccountBridge): string | undefined {
  if (total.leftOut.length === 0) return undefined;
  const traded = assets.some(({ bridge }) => bridge && !bridge.terms.traded.isZero());
  const rest = traded && total.bridge && !total.bridge.terms.traded.isZero();
  return `No price then or now for ${listed(total.leftOut)}: left out of all sums${rest ? '; what was traded for it is not' : ''}.`;
}

function unvalued({ assets }: AccountBridge, { privacy }: { readonly privacy: boolean }): string | undefined {
  const moved = assets.filter((one) => !one.unvalued.isZero());
  if (moved.length === 0) return undefined;
  const coins = moved.map(({ asset, unvalued: amount }) =>
    privacy ? printable(asset) : `${formatQuantity(amount)} ${printable(asset)}`,
  );
  return `Moved at a time without a known price, and so unexplained: ${coins.join(', ')}.`;
}

function estimated({ assets }: AccountBridge): string | undefined {
  const found = assets.filter((one) => one.estimated).map(({ asset }) => asset);
  if (found.length === 0) return undefined;
  return `What was realized of ${listed(found)} rests on an estimate of its cost: the market value when it was deposited.`;
}

function unexplained({ total: { bridge } }: AccountBridge): string | undefined {
  if (!bridge || bridge.terms.unexplained.toDecimalPlaces(2).isZero()) return undefined;
  return 'Unexplained: balances changed without a trade, transfer or income that tells of it; exchange-sync check names them.';
}

/** Of all accounts together: which ones are not counted, and why. */
export const totalNotes = ({ unbridged }: Bridges): readonly string[] =>
  unbridged.map(({ account, reason }) => `${printable(account)} is not counted: ${UNBRIDGED[reason]}.`);
