import { changeEnds, type ChangeEnds, snapshotsOf, SPANS } from '../accounting/value-change.js';
import type { Sql } from '../database/with-database.js';
import type { Snapshot } from '../models/history.js';
import { fetchNetFlows } from '../repository/net-flows.js';

/** The snapshots, with the net flows since each of those that a change is reported from. */
export async function withNetFlows(
  sql: Sql,
  recent: readonly Snapshot[],
  now: number,
): Promise<readonly Snapshot[]> {
  const ends = [...new Set(recent.map(({ account }) => account))].flatMap((account) => {
    const own = snapshotsOf(account, recent);
    return SPANS.flatMap((span) => changeEnds(own, span, now) ?? []);
  });
  if (ends.length === 0) return recent;
  const flows = await fetchNetFlows(sql, ends.map(spanOf));
  const since = new Map(ends.map(({ before }, at) => [before, flows[at]]));
  return recent.map((snapshot) =>
    since.has(snapshot) ? { ...snapshot, netFlowsSince: since.get(snapshot) } : snapshot,
  );
}

const spanOf = ({ before, newest }: ChangeEnds) => ({
  account: newest.account,
  from: before.runId,
  to: newest.runId,
});
