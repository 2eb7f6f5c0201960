import type { Evidence } from '../evidence.js';
import { printed, type Row, rowsOf } from '../records.js';
import type { AccountReport, Report } from '../report.js';

/** Of these a commit may have landed though nobody heard of it. */
const MAY_HAVE_LANDED = new Set(['database', 'deadline', 'terminated', 'interrupted']);

/** What the runs say of themselves, the snapshots and the rows of sync_history tell the same. */
export const syncHistory = (evidence: Evidence): string[] => [
  ...evidence.runs.flatMap(({ report }) => (report ? contradicted(evidence, report) : [])),
  ...evidence.accounts.flatMap((account) => surplus(evidence, account)),
];

const contradicted = (evidence: Evidence, report: Report): string[] =>
  report.accounts.flatMap((one) => {
    const said = `${report.runId} said that ${one.account} ${one.outcome}`;
    const snapshots = evidence.after.snapshots.filter(
      (row) => row['account'] === one.account && row['run_id'] === report.runId,
    );
    if (one.outcome === 'failed') return unlikeFailure(evidence, one, said, snapshots);
    const complete = String((one.unreadableWallets ?? []).length === 0);
    const fits = snapshots.length === 1 && snapshots[0]?.['complete'] === complete;
    return fits ? [] : [`${said}, and has the snapshots ${JSON.stringify(snapshots)}`];
  });

function unlikeFailure(
  { after, before, serverDisturbed }: Evidence,
  { account, kind = '', message }: AccountReport,
  said: string,
  snapshots: readonly Row[],
): string[] {
  const landed = snapshots.filter(() => !MAY_HAVE_LANDED.has(kind));
  const rows = freshRuns({ before, after }, account);
  const hasRow = rows.some((row) => row['success'] === 'false' && row['error_message'] === message);
  return [
    ...landed.map((row) => `${said} (${kind}), and stored ${printed(row)}`),
    ...(hasRow || serverDisturbed ? [] : [`${said} (${kind}: ${message ?? ''}), and no row says so`]),
  ];
}

function freshRuns({ before, after }: Pick<Evidence, 'before' | 'after'>, account: string): Row[] {
  const known = new Set(rowsOf(before, 'public.sync_history', account).map((row) => row['id']));
  return rowsOf(after, 'public.sync_history', account).filter((row) => !known.has(row['id'] ?? null));
}

/** Rows and snapshots that no run can have left. */
function surplus({ before, after, runs }: Evidence, account: string): string[] {
  const silent = runs.filter(({ report }) => report === undefined).length;
  const said = runs.flatMap(({ report }) => report?.accounts.filter((one) => one.account === account) ?? []);
  const failed = said.filter(({ outcome }) => outcome === 'failed').length;
  const rows = freshRuns({ before, after }, account);
  const failures = rows.filter((row) => row['items_processed'] === '0');
  const spoken = new Set(runs.flatMap(({ report }) => report?.runId ?? []));
  const known = new Set(before.snapshots.map((row) => row['run_id']));
  const unspoken = rowsOf(after, 'snapshots', account).filter(
    ({ run_id = null }) => !known.has(run_id) && !spoken.has(run_id ?? ''),
  );
  return [
    ...(failures.length <= failed + silent
      ? []
      : [`${account}: more failures than runs: ${JSON.stringify(rows)}`]),
    ...(unspoken.length <= silent ? [] : [`${account}: nobody took ${JSON.stringify(unspoken)}`]),
  ];
}
