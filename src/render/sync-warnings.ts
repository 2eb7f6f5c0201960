import { type Entry, legOf } from '../models/account-event.js';
import { coinChangeText } from '../models/coin-changes.js';
import { type MissingPart, partName } from '../models/coverage.js';
import type { StoredReport } from '../models/sync-report.js';
import { pairingAdvice, transferName } from '../models/transfers.js';
import { productsNote } from './documents/account-notes.js';
import { lostPeg, missingHistory } from './documents/portfolio-notes.js';
import { count } from '../models/text.js';
import { listed, printable } from './escape.js';
import { signedQuantity } from './numbers.js';

/** What an account's sync could not find out, a sentence each; what makes it incomplete first. */
export function syncWarnings(account: StoredReport): readonly string[] {
  return [
    ...account.unreadableWallets.map(
      ({ wallet, reason }) =>
        `Wallet ${printable(wallet)} could not be read (${printable(reason)}); its last known balances are used.`,
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
          `Data saved, but transfers between your accounts are not yet reflected in cost (${printable(account.unsettled)}); the next run tries again.`,
        ]),
    ...unreadProducts(account),
    ...sentence(account.unpriced, (assets) => `No price for ${assets}.`),
    ...account.offPeg.map(lostPeg),
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
    ...(account.missing.length > 0 ? [missingHistory(distinct(account.missing))] : []),
    ...distinct(account.unvalued).map((asset) => unvaluedText(asset, account)),
    ...account.ambiguous.map(
      (ambiguity) =>
        `Ambiguous transfers, not linked: ${listed(ambiguity.map(transferName))}. ${printable(pairingAdvice(ambiguity))}`,
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
    `${count(found, 'new record')} cannot be interpreted (${printable(example)}). Stored as received and read again by each sync; figures may lack it until then. Run \`exchange-sync check\` for details.`,
  ];
}

function sentence(items: readonly string[], text: (list: string) => string): readonly string[] {
  return items.length === 0 ? [] : [text(listed(items))];
}

function unreadProducts({ totals }: StoredReport): readonly string[] {
  const note = productsNote(totals, { now: totals?.readAt ?? 0, privacy: false });
  return note === undefined ? [] : [note];
}

const entriesOf = ({ entries }: StoredReport, type: Entry['type']): readonly string[] =>
  entries.filter((entry) => entry.type === type).map((entry) => signedQuantity(legOf(entry, 'moved')));

function costText({ known, held, asset }: StoredReport['unknownCost'][number]): string {
  return `${known} of ${held} ${asset}`;
}

/** `1 GIFT record has no market price, so its cost is unknown.` */
function unvaluedText(asset: string, { unvalued }: StoredReport): string {
  const found = unvalued.filter((one) => one.asset === asset).length;
  const [have, their] = found === 1 ? ['has', 'its'] : ['have', 'their'];
  return `${count(found, `${printable(asset)} record`)} ${have} no market price, so ${their} cost is unknown.`;
}

function distinct(events: readonly { readonly asset: string }[]): readonly string[] {
  return [...new Set(events.map((event) => event.asset))];
}
