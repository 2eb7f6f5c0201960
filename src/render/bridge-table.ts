import type { AccountBridge, Bridge, Bridges, BridgeTerm, TotalBridge } from '../models/bridge.js';
import type { Decimal } from '../models/decimal.js';
import { byChange, changeText, isDoubtful, movedTerms, termsOf, valueText } from './bridge-figures.js';
import { bridgeNotes, totalNotes } from './bridge-notes.js';
import type { Paint } from './colour.js';
import { painter } from './colour.js';
import { roughDuration } from './duration.js';
import { printable } from './escape.js';
import { assetName, NO_GAIN, tinted } from './holdings-table.js';
import { bulletLine, type Column, lightTable } from './light-table.js';
import { UNKNOWN } from './numbers.js';
import { momentOf } from './time-axis.js';

export interface BridgeOptions {
  readonly colour: boolean;
  readonly width: number;
  /** Hundredths of the value before stand in place of amounts. */
  readonly privacy: boolean;
  readonly currency: string;
}

/** Why the accounts are worth another sum than before, each by its terms and asset by asset. */
export function renderBridge(bridges: Bridges, options: BridgeOptions): string {
  const paint = painter(options.colour);
  const { accounts, total } = bridges;
  const sections = accounts.map((account) => accountSection(account, options, paint));
  if (accounts.length > 1) {
    const head = `${paint('bold', `All ${accounts.length} accounts`)}${paint('dim', `  in ${options.currency}`)}`;
    sections.push([head, '', ...statement(total, options, paint)].join('\n'));
  }
  const notes = totalNotes(bridges).map((note) => bulletLine(note, options.width));
  if (notes.length > 0) sections.push(notes.join('\n'));
  return sections.map((section) => `${section}\n`).join('\n');
}

function accountSection(account: AccountBridge, options: BridgeOptions, paint: Paint): string {
  const notes = bridgeNotes(account, options);
  return [
    ...headline(account, options, paint),
    '',
    ...statement(account.total, options, paint),
    ...(account.assets.length > 1 ? ['', assetTable(account, options, paint)] : []),
    ...(notes.length > 0 ? [''] : []),
    ...notes.map((note) => bulletLine(note, options.width)),
  ].join('\n');
}

function headline({ account, from, to }: AccountBridge, options: BridgeOptions, paint: Paint): string[] {
  const time = `${momentOf(from.time)} to ${momentOf(to.time)} UTC`;
  const more = `${roughDuration(to.time - from.time)}, in ${options.currency}`;
  const name = printable(account);
  const parts =
    name.length + time.length + more.length + 4 <= options.width ? [`${time}, ${more}`] : [time, more];
  const [first = '', ...rest] = parts.map((part) => paint('dim', part));
  const fits = name.length + 2 + (parts[0]?.length ?? 0) <= options.width;
  return fits ? [`${paint('bold', name)}  ${first}`, ...rest] : [paint('bold', name), first, ...rest];
}

/** One below the other, which fits any width: the value before, what changed it, the value now. */
function statement({ bridge }: TotalBridge, options: BridgeOptions, paint: Paint): string[] {
  if (!bridge) return ['Nothing is known: nothing has a price.'];
  const say = sayer(bridge, options, paint);
  const terms = termsOf(bridge);
  const columns: readonly Column[] = [
    {
      head: paint('bold', 'Value before'),
      align: 'left',
      cells: [...terms.map(([, name]) => name), paint('bold', 'Value now')],
      drop: 0,
    },
    {
      head: paint('bold', say.value(bridge.from)),
      align: 'right',
      cells: [
        ...terms.map(([term]) => say.term(term, bridge.terms[term], '0.00')),
        paint('bold', say.value(bridge.to)),
      ],
      drop: 0,
    },
  ];
  return lightTable(columns, options.width).split('\n');
}

/** A column whose every cell is nothing is left out; that of what is unexplained never. */
function assetTable({ assets, total }: AccountBridge, options: BridgeOptions, paint: Paint): string {
  const rows = [...assets].sort(byChange);
  const say = sayer(total.bridge, options, paint);
  const column = (head: string, drop: number, cell: (bridge: Bridge) => string): Column => ({
    head: paint('bold', head),
    align: 'right',
    cells: [...rows.map(({ bridge }) => bridge), total.bridge].map((bridge, at) => {
      const text = bridge ? cell(bridge) : UNKNOWN;
      return at === rows.length ? paint('bold', text) : text;
    }),
    drop,
  });
  return lightTable(
    [
      {
        head: paint('bold', 'Asset'),
        align: 'left',
        cells: [...rows.map(({ asset }) => assetName(asset)), paint('bold', 'Total')],
        drop: 0,
      },
      column('Before', 10, ({ from }) => say.value(from)),
      column('Now', 9, ({ to }) => say.value(to)),
      column('Change', 0, ({ from, to }) => say.term('change', to.minus(from), '0.00')),
      ...movedTerms(assets).map(([term, , head, drop]) =>
        column(head, drop, ({ terms }) =>
          say.term(term, terms[term], term === 'unexplained' ? '0.00' : NO_GAIN),
        ),
      ),
    ],
    options.width,
  );
}

/** How amounts are said: as they are, or as a part of the value before. */
function sayer(whole: Bridge | undefined, { privacy }: BridgeOptions, paint: Paint) {
  return {
    value: (amount: Decimal): string => valueText(amount, privacy),
    term: (term: BridgeTerm | 'change', amount: Decimal, nothing: string): string => {
      if (amount.isZero()) return nothing;
      const text = changeText(amount, whole, privacy);
      return isDoubtful(term, amount) ? paint('yellow', text) : tinted(paint, amount, text);
    },
  };
}
