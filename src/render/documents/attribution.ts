import type { AccountBridge, AssetBridge, Bridge, Bridges, TotalBridge } from '../../models/bridge.js';
import {
  type Block,
  type Content,
  type Document,
  nameCell,
  notesOf,
  recordsOf,
  type Section,
  type Table,
  tableOf,
} from '../document.js';
import { momentOf } from '../moments.js';
import { roughDuration } from '../../models/duration.js';
import { printable } from '../escape.js';
import { NO_GAIN, UNKNOWN } from '../numbers.js';
import { attributionNotes, notIncluded } from './attribution-notes.js';
import { TERMS, termCell, termsOf, valueText } from './attribution-terms.js';

export interface AttributionSettings {
  /** Percent of the value before replaces the amounts. */
  readonly privacy: boolean;
  readonly currency: string;
}

/** Why the value of the accounts changed, each by its terms and asset by asset. */
export function attributionDocument(bridges: Bridges, settings: AttributionSettings): Document {
  const { accounts, total, now } = bridges;
  const notes = notesOf(notIncluded(bridges));
  return {
    title: 'Value change',
    about: `in ${settings.currency}`,
    now,
    sections: [
      ...accounts.map((account) => accountSection(account, settings)),
      ...(accounts.length > 1 ? [totalSection(accounts.length, total, settings)] : []),
      ...(notes.length > 0 ? [{ meta: [], intro: [], blocks: notes }] : []),
    ],
    records: () => bridgeRecords(bridges, settings),
  };
}

function accountSection(account: AccountBridge, settings: AttributionSettings): Section {
  const { from, to, assets, total } = account;
  return {
    name: printable(account.account),
    meta: [
      `${momentOf(from.time)} to ${momentOf(to.time)} UTC`,
      `${roughDuration(to.time - from.time)}, in ${settings.currency}`,
    ],
    intro: [],
    blocks: [
      statement(total, settings),
      ...(assets.length > 1 ? [assetTable(account, settings)] : []),
      ...notesOf(attributionNotes(account, settings)),
    ],
  };
}

const totalSection = (accounts: number, total: TotalBridge, settings: AttributionSettings): Section => ({
  name: `All ${accounts} accounts`,
  meta: [`in ${settings.currency}`],
  intro: [],
  blocks: [statement(total, settings)],
});

/** The value before, what changed it, the value now. */
function statement({ bridge }: TotalBridge, { privacy, currency }: AttributionSettings): Block {
  if (!bridge) return { kind: 'lines', lines: [{ text: NOTHING_KNOWN }] };
  return tableOf(`From the value before to the value now, in ${currency}`, termsOf(bridge), [
    { key: 'term', title: 'Value before', align: 'left', cell: ({ name }) => name, total: 'Value now' },
    {
      key: 'amount',
      title: valueText(bridge.from, privacy),
      cell: ({ term, amount }) => termCell(term, amount, bridge, privacy),
      total: valueText(bridge.to, privacy),
    },
  ]);
}

export const NOTHING_KNOWN = 'Nothing is known: nothing has a price.';

export const assetTable = ({ account, assets, total }: AccountBridge, settings: AttributionSettings): Table =>
  changesTable(
    assets.toSorted(byChange).map(({ asset, bridge }) => ({ name: asset, bridge })),
    total,
    { caption: `Changes of ${printable(account)}, amounts in ${settings.currency}`, title: 'Asset' },
    settings,
  );

/** A table without the columns in which nothing happened; that of the unexplained change always remains. */
export function changesTable(
  rows: readonly { readonly name: string; readonly bridge: Bridge | undefined }[],
  { bridge: whole }: TotalBridge,
  { caption, title }: { readonly caption: string; readonly title: string },
  { privacy }: AttributionSettings,
): Table {
  const terms = TERMS.filter(
    ([term]) => term === 'unexplained' || rows.some(({ bridge }) => bridge && !bridge.terms[term].isZero()),
  );
  const figure = (key: string, head: string, priority: number, cell: (bridge: Bridge) => Content) => ({
    key,
    title: head,
    priority,
    cell: ({ bridge }: (typeof rows)[number]) => (bridge ? cell(bridge) : UNKNOWN),
  });
  return tableOf(
    caption,
    rows,
    [
      { key: 'name', title, align: 'left', cell: ({ name }) => nameCell(name), total: 'Total' },
      figure('before', 'Before', 10, ({ from }) => valueText(from, privacy)),
      figure('now', 'Now', 9, ({ to }) => valueText(to, privacy)),
      figure('change', 'Change', 0, ({ from, to }) => termCell('change', to.minus(from), whole, privacy)),
      ...terms.map(([term, , head, priority]) =>
        figure(term, head, priority, ({ terms: amounts }) =>
          termCell(term, amounts[term], whole, privacy, term === 'unexplained' ? '0.00' : NO_GAIN),
        ),
      ),
    ],
    { name: '', bridge: whole },
  );
}

/** The largest change first, what is not known last. */
function byChange(one: AssetBridge, other: AssetBridge): number {
  const byName = one.asset < other.asset ? -1 : 1;
  if (!one.bridge || !other.bridge) return (one.bridge ? 0 : 1) - (other.bridge ? 0 : 1) || byName;
  const size = ({ from, to }: Bridge) => to.minus(from).abs();
  return size(other.bridge).compare(size(one.bridge)) || byName;
}

/** One record an asset of an account. */
function bridgeRecords({ accounts }: Bridges, { currency }: AttributionSettings) {
  const rows = accounts.flatMap((account) => account.assets.map((asset) => ({ account, ...asset })));
  return recordsOf(rows, {
    account: ({ account }) => account.account,
    asset: ({ asset }) => asset,
    from: ({ account }) => new Date(account.from.time).toISOString(),
    to: ({ account }) => new Date(account.to.time).toISOString(),
    value_before: ({ bridge }) => bridge?.from,
    value_now: ({ bridge }) => bridge?.to,
    change: ({ bridge }) => bridge?.to.minus(bridge.from),
    price_moves: ({ bridge }) => bridge?.terms.priceMoves,
    realized: ({ bridge }) => bridge?.terms.realized,
    income: ({ bridge }) => bridge?.terms.income,
    fees: ({ bridge }) => bridge?.terms.fees,
    net_flows: ({ bridge }) => bridge?.terms.netFlows,
    traded: ({ bridge }) => bridge?.terms.traded,
    unexplained: ({ bridge }) => bridge?.terms.unexplained,
    unvalued_quantity: ({ unvalued }) => unvalued,
    realized_is_estimate: ({ estimated }) => estimated,
    currency: () => currency,
  });
}
