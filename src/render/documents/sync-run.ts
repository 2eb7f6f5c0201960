import type { AccountReport, SyncReport } from '../../models/sync-report.js';
import {
  type ColumnOf,
  type Content,
  type Document,
  nameCell,
  notesOf,
  recordsOf,
  type Section,
  tableOf,
} from '../document.js';
import { count, grouped } from '../../models/text.js';
import { formatDuration } from '../../models/duration.js';
import { printable, printableLines } from '../escape.js';
import { syncWarnings } from '../sync-warnings.js';

/** What a run did, account by account; a terminal has a report of its own. */
export function syncDocument({ accounts, milliseconds }: SyncReport, now: number): Document {
  return {
    title: 'Sync',
    about: `${count(accounts.length, 'account')} in ${formatDuration(milliseconds)}`,
    now,
    sections: [
      {
        name: 'Accounts',
        meta: [],
        intro: [],
        blocks: [tableOf('Accounts', accounts, COLUMNS)],
      },
      ...accounts.flatMap(noteSection),
    ],
    records: () =>
      recordsOf(accounts, {
        account: ({ account }) => account,
        outcome: ({ outcome }) => outcome,
        assets: (report) => figure(report, 'assets'),
        new_trades: (report) => figure(report, 'newTrades'),
        new_transfers: (report) => figure(report, 'newTransfers'),
        requests: ({ requests }) => String(requests),
        milliseconds: (report) => String(report.milliseconds),
        message: (report) =>
          report.outcome === 'failed' ? report.message : syncWarnings(report).join(' ') || undefined,
      }),
  };
}

type Counted = 'assets' | 'newTrades' | 'newTransfers';

/** Undefined for an account that failed. */
const figure = (report: AccountReport, name: Counted): string | undefined =>
  report.outcome === 'failed' ? undefined : String(report[name]);

const counted =
  (name: Counted) =>
  (report: AccountReport): Content =>
    grouped(figure(report, name) ?? '');

const COLUMNS: readonly ColumnOf<AccountReport>[] = [
  { key: 'account', title: 'Account', align: 'left', cell: ({ account }) => nameCell(account) },
  {
    key: 'outcome',
    title: 'Outcome',
    align: 'left',
    cell: ({ outcome }) => ({ text: outcome, tone: outcome === 'failed' ? 'loss' : undefined }),
  },
  { key: 'assets', title: 'Assets', cell: counted('assets') },
  { key: 'new_trades', title: 'New trades', cell: counted('newTrades') },
  { key: 'new_transfers', title: 'New transfers', cell: counted('newTransfers') },
  { key: 'requests', title: 'Requests', cell: ({ requests }) => grouped(String(requests)) },
  { key: 'time', title: 'Time', cell: ({ milliseconds }) => formatDuration(milliseconds) },
];

/** What a person should know of an account, or do. */
function noteSection(report: AccountReport): readonly Section[] {
  const notes = report.outcome === 'failed' ? failureNotes(report) : syncWarnings(report);
  if (notes.length === 0) return [];
  return [{ name: printable(report.account), meta: [], intro: [], blocks: notesOf(notes) }];
}

const failureNotes = ({ message, fix }: Extract<AccountReport, { outcome: 'failed' }>): readonly string[] =>
  [message, ...(fix === undefined ? [] : [`Fix: ${fix}`])].map((text) =>
    printableLines(text).replaceAll('\n', ' '),
  );
