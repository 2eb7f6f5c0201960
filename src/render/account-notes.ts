import { partName } from '../models/coverage.js';
import type { AccountPortfolio } from '../models/portfolio.js';
import { printable } from './escape.js';

/** Streams that could not be read; of wallets there is a note of its own. */
export function unreadStreams({ gaps }: AccountPortfolio): string | undefined {
  const streams = gaps.filter(({ part }) => !part.startsWith('wallet:'));
  if (streams.length === 0) return undefined;
  const named = streams.map(({ part, status }) => `${printable(partName(part))} (${status})`);
  return `Not read: ${named.join(', ')}; cost and P&L may be incomplete. Run \`exchange-sync check\` for the fix.`;
}

/** An account that is no longer synced, whose last balances still count. */
export const missingKey = ({ account, hasKey }: AccountPortfolio): string | undefined =>
  hasKey === false
    ? `No API key of ${printable(account)} is configured: it is not synced any more, but its last balances are in the totals.`
    : undefined;
