import type { KeyRights } from '../../client/exchange-client.js';
import type { AccountId } from '../../models/account.js';
import type { CheckResult } from '../../models/check.js';
import { type PartStatus, partName, type StoredGap } from '../../models/coverage.js';
import { shortDuration } from '../../models/duration.js';
import { nameFor, result } from './check.js';

const WORDS: Readonly<Record<PartStatus, string>> = {
  refused: 'refused',
  unavailable: 'not available here',
  failed: 'failed',
};

/** Of an account in the database that no key is configured for. */
export const keylessResult = (account: AccountId): CheckResult =>
  result(
    nameFor('coverage', account),
    'ok',
    'no API key is configured: it is not synced any more, but its last balances are in the totals of show',
  );

/** Of an account in the database that no key is configured for and whose runs all failed. */
export const abandonedResult = (account: AccountId): CheckResult =>
  result(
    nameFor('coverage', account),
    'ok',
    `no API key is configured and every run failed: nothing of it is in the totals of show; delete it with: exchange-sync account remove ${account} --yes`,
  );

/**
 * What the last sync could not read of an account, and which permissions the key lacks. `rights` is undefined
 * if the exchange was not asked or does not report them.
 */
export function coverageResult(
  account: AccountId,
  gaps: readonly StoredGap[],
  rights: KeyRights | undefined,
  now: number,
): CheckResult {
  const name = nameFor('coverage', account);
  const missing = rights?.missing ?? [];
  const open = gaps.filter(({ affects, status }) => affects || status !== 'unavailable');
  const performance = { missing: String(open.length) };
  const parts = gaps.map((gap) => gapText(gap, now));
  const lacks = missing.length === 0 ? [] : [`the key lacks ${missing.map(quoted).join(', ')}`];
  const message = [...lacks, ...parts].join('; ');
  if (message === '') return result(name, 'ok', allRead(rights), { performance });
  if (open.length === 0 && missing.length === 0) return result(name, 'ok', message, { performance });
  const add = missing.map((right) => `Add the permission ${quoted(right)} to the key; read-only is enough.`);
  const fixes = open.flatMap(({ fix }) => fix ?? []);
  const remedy = [...new Set([...add, ...(add.length > 0 ? [] : fixes)])].join('\n');
  return result(name, 'warning', message, { performance, remedy: remedy === '' ? undefined : remedy });
}

const allRead = (rights: KeyRights | undefined): string =>
  `everything that is supported was read${rights === undefined ? '' : ', and the key has every permission for it'}`;

const gapText = ({ part, status, reason, since }: StoredGap, now: number): string =>
  `${partName(part)} ${WORDS[status]} for ${shortDuration(Math.max(0, now - since))} (${reason})`;

const quoted = (right: string): string => `"${right}"`;
