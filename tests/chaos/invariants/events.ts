import type { Evidence } from '../evidence.js';
import { rowsOf } from '../records.js';
import type { Told } from '../told.js';
import { storedWords } from '../words.js';

/** No event is stored that was not told, or more often; none is missing of what a cursor says is read. */
export const events = ({
  accounts,
  after,
  toldAfter,
  owed,
}: Pick<Evidence, 'accounts' | 'after' | 'toldAfter' | 'owed'>): string[] =>
  accounts.flatMap((account) => {
    const stored = storedWords(after, account);
    const told = toldAfter.filter((one) => one.account === account).map(({ words }) => words);
    const due = [...owed.values()].flat().filter((one) => one.account === account);
    return [
      ...beyond(stored, told).map((words) => `${account}: stored and not told, or more often: ${words}`),
      ...beyond(
        due.map(({ words }) => words),
        stored,
      ).map((words) => `${account}: told, read past and not stored: ${words}`),
    ];
  });

/** Those of the first list that the second does not have, each counted. */
function beyond(these: readonly string[], those: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const one of those) counts.set(one, (counts.get(one) ?? 0) + 1);
  return these.filter((one) => {
    const left = counts.get(one) ?? 0;
    counts.set(one, left - 1);
    return left <= 0;
  });
}

/** What the cursors that moved in this round say is read, of what was told when it began; of others as before. */
export function owedBy(
  evidence: Omit<Evidence, 'owed'>,
  before: Evidence['owed'],
  since: number,
): Evidence['owed'] {
  const { accounts, toldBefore } = evidence;
  const owed = new Map(before);
  for (const account of accounts)
    for (const { stream, until } of movedCursors(evidence, account)) {
      const isDue = (one: Told) =>
        one.account === account &&
        one.stream === stream &&
        one.counts &&
        one.time >= since &&
        one.time < until;
      owed.set(`${account} ${stream}`, toldBefore.filter(isDue));
    }
  return owed;
}

/** The cursors that say something else than before the round. */
export function movedCursors({ before, after }: Pick<Evidence, 'before' | 'after'>, account: string) {
  const known = new Map(
    rowsOf(before, 'cursors', account).map((row) => [row['stream'], JSON.stringify(row)]),
  );
  return rowsOf(after, 'cursors', account)
    .filter((row) => known.get(row['stream'] ?? '') !== JSON.stringify(row))
    .map((row) => ({
      stream: row['stream'] ?? '',
      until: Date.parse(row['complete_until'] ?? ''),
    }));
}
