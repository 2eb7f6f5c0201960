import { type Entry, legOf } from '../models/account-event.js';
import { coinChangeText } from '../models/coin-changes.js';
import { type MissingPart, partName } from '../models/coverage.js';
import type { StoredReport } from '../models/sync-report.js';
import { pairingAdvice, transferName } from '../models/transfers.js';
import { signedQuantity } from './differences.js';
import { count } from './duration.js';
import { printable } from './escape.js';
import { unreadNote } from './unread.js';
import { listed } from './portfolio-notes.js';

/** What an account's sync could not know, a sentence each; what keeps it out of step first. */
export function syncWarnings(account: StoredReport): readonly string[] {
  return [
    ...account.unreadableWallets.map(
      ({ wallet, reason }) =>
        `Wallet ${printable(wallet)} could not be read (${printable(reason)}); its last good balances are kept.`,
    ),
    ...account.coverage.filter(({ part }) => !part.startsWith('wallet:')).map(missingText),
    ...unreadText(account.unread),
    ...(account.tradingKey
      ? [
          'The key can trade, which is not needed: replace it with a read-only key. This is reported once a key.',
        ]
      : []),
    ...(account.unsettled === undefined
      ? []
      : [
          `All is stored, but transfers between accounts are not in its cost yet (${printable(account.unsettled)}); the next run tries again.`,
        ]),
    ...unreadProducts(account),
    ...sentence(account.unpriced, (assets) => `No price for ${assets}.`),
    ...sentence(
      account.offPeg,
      (quotes) => `A peg to 1 does not hold, so what is counted by it is not worth that: ${quotes}.`,
    ),
    ...sentence(account.unknownCost.map(costText), (parts) => `Cost known for ${parts}.`),
    ...sentence(
      account.differences.map(signedQuantity),
      (assets) => `Unexplained balance differences: ${assets}. Run \`exchange-sync check\` for details.`,
    ),
    ...account.coinChanges.map((change) => printable(coinChangeText(change))),
    ...sentence(
      entriesOf(account, 'opening'),
      (assets) => `Opening entries of unknown cost, held before the readable history: ${assets}.`,
    ),
    ...sentence(entriesOf(account, 'adjustment'), (assets) => `Accepted as adjustments: ${assets}.`),
    ...sentence(
      distinct(account.missing),
      (assets) => `More ${assets} left than the history explains: acquisitions are missing.`,
    ),
    ...sentence(
      distinct(account.unvalued),
      (assets) =>
        `${count(account.unvalued.length, 'event')} without a value, so the cost is unknown: ${assets}.`,
    ),
    ...account.ambiguous.map(
      (ambiguity) =>
        `Which of these belong together cannot be told, so none does: ${listed(ambiguity.map(transferName))}. ${printable(pairingAdvice(ambiguity))}`,
    ),
    ...(account.dryRun ? ['Dry run: nothing was written.'] : []),
  ];
}

const CAUSES = { refused: 'refused', unavailable: 'not available here', failed: 'failed' } as const;

function missingText({ part, status, reason, fix }: MissingPart): string {
  const remedy = fix === undefined || status === 'unavailable' ? '' : ` ${printable(fix)}`;
  return `Not read: ${printable(partName(part))}, ${CAUSES[status]} (${printable(reason)}).${remedy}`;
}

function unreadText({ found, example = '' }: StoredReport['unread']): readonly string[] {
  if (found === 0) return [];
  return [
    `${count(found, 'new record')} cannot be interpreted (${printable(example)}). Kept as sent and tried again by each sync; figures may lack it until then. Run \`exchange-sync check\` for details.`,
  ];
}

function sentence(items: readonly string[], text: (list: string) => string): readonly string[] {
  return items.length === 0 ? [] : [text(listed(items))];
}

function unreadProducts({ totals }: StoredReport): readonly string[] {
  const note = unreadNote(totals, { now: totals?.readAt ?? 0, privacy: false });
  return note === undefined ? [] : [note];
}

const entriesOf = ({ entries }: StoredReport, type: Entry['type']): readonly string[] =>
  entries.filter((entry) => entry.type === type).map((entry) => signedQuantity(legOf(entry, 'moved')));

function costText({ known, held, asset }: StoredReport['unknownCost'][number]): string {
  return `${known} of ${held} ${asset}`;
}

function distinct(events: readonly { readonly asset: string }[]): readonly string[] {
  return [...new Set(events.map((event) => event.asset))];
}
