import type { AccountBridge, Bridge, Bridges, BridgeTerm, TotalBridge } from '../../models/bridge.js';
import type { Decimal } from '../../models/decimal.js';
import type { Report } from '../../models/report.js';
import { byChange, changeText, isDoubtful, movedTerms, valueText } from '../bridge-figures.js';
import { bridgeNotes, totalNotes } from '../bridge-notes.js';
import { roughDuration, wholeDuration } from '../duration.js';
import { NO_GAIN } from '../holdings-table.js';
import { UNKNOWN } from '../numbers.js';
import { momentOf } from '../time-axis.js';
import { markup, NOTHING, type SafeHtml } from './markup.js';
import { missing } from './missing.js';
import { dataTable, type TableColumn } from './table.js';
import { notesList, toned } from './tones.js';
import { waterfall } from './waterfall.js';

interface BridgeSettings {
  readonly privacy: boolean;
  readonly currency: string;
}

/** Why the value changed, of all accounts together as a drawing. */
export function bridgeSection({ bridges, bridgeSpan }: Report, { privacy }: BridgeSettings): SafeHtml {
  const period = bridges.known ? periodOf(bridges.content) : undefined;
  return markup`<section aria-labelledby="bridge">
    <h2 id="bridge">Why it changed over ${period ?? wholeDuration(bridgeSpan)}</h2>
    ${bridges.known ? drawn(bridges.content, privacy) : missing(bridges)}
  </section> `;
}

function drawn(bridges: Bridges, privacy: boolean): SafeHtml {
  const { accounts, total } = bridges;
  return markup`${total.bridge ? waterfall(total.bridge, privacy) : markup`<p class="missing">Nothing is known: nothing has a price.</p>`}
  ${notesList([...(accounts.length > 1 ? [] : accounts.map(timesOf)), ...totalNotes(bridges)])}`;
}

/** How long the accounts are really accounted for: a snapshot may be older than asked for, or younger. */
function periodOf({ accounts }: Bridges): string | undefined {
  const sorted = accounts.map(({ from, to }) => to.time - from.time).sort((a, b) => a - b);
  const lengths = sorted.map(roughDuration);
  const [first, ...others] = new Set(lengths);
  return others.length === 0 ? first : `${first} to ${others.at(-1)}`;
}

const timesOf = ({ from, to }: AccountBridge): string =>
  `From ${momentOf(from.time)} to ${momentOf(to.time)} UTC.`;

/** The same in figures, asset by asset. */
export function changesSection({ bridges }: Report, settings: BridgeSettings): SafeHtml {
  if (!bridges.known) return NOTHING;
  const { accounts, total } = bridges.content;
  const sums = accounts.map((account) => ({ asset: account.account, bridge: account.total.bridge }));
  return markup`<section aria-labelledby="changes">
    <h2 id="changes">Changes by asset</h2>
    ${accounts.map((account, at) => accountChanges(account, `changes-${at}`, settings))}${
      accounts.length > 1
        ? markup`<article>
            <h3>All ${accounts.length} accounts</h3>
            ${bridgeTable(sums, total, { id: 'changes-all', name: 'all accounts', head: 'Account' }, settings)}
          </article> `
        : NOTHING
    }
  </section> `;
}

function accountChanges(account: AccountBridge, id: string, settings: BridgeSettings): SafeHtml {
  const rows = account.assets.toSorted(byChange);
  return markup`<article>
    <h3>${account.account}</h3>
    <p class="meta">${timesOf(account)}</p>
    ${bridgeTable(rows, account.total, { id, name: account.account, head: 'Asset' }, settings)}
    ${notesList(bridgeNotes(account, settings))}
  </article> `;
}

interface ChangeRow {
  readonly asset: string;
  readonly bridge: Bridge | undefined;
}

/** A column whose every cell is nothing is left out. */
function bridgeTable(
  rows: readonly ChangeRow[],
  { bridge: whole }: TotalBridge,
  { id, name, head }: { readonly id: string; readonly name: string; readonly head: string },
  { privacy, currency }: BridgeSettings,
): SafeHtml {
  const column = (title: string, say: (bridge: Bridge) => string | SafeHtml): TableColumn<ChangeRow> => ({
    head: title,
    cell: ({ bridge }) => (bridge ? say(bridge) : UNKNOWN),
    total: whole ? say(whole) : UNKNOWN,
  });
  const change = (term: BridgeTerm | 'change', amount: Decimal, nothing: string) => {
    if (amount.isZero()) return nothing;
    const text = changeText(amount, whole, privacy);
    return isDoubtful(term, amount) ? markup`<span class="doubt">${text}</span>` : toned(amount, text);
  };
  const columns: readonly [TableColumn<ChangeRow>, ...TableColumn<ChangeRow>[]] = [
    { head, cell: ({ asset }) => markup`<span class="asset">${asset}</span>`, total: 'Total' },
    column('Before', ({ from }) => valueText(from, privacy)),
    ...movedTerms(rows).map(([term, , title]) =>
      column(title, ({ terms }) => change(term, terms[term], term === 'unexplained' ? '0.00' : NO_GAIN)),
    ),
    column('Change', ({ from, to }) => change('change', to.minus(from), '0.00')),
    column('Now', ({ to }) => valueText(to, privacy)),
  ];
  return dataTable(rows, columns, { id, caption: `Changes of ${name}, amounts in ${currency}` });
}
