import { type CampaignMutant, edit } from '../mutant.js';
import { FAILED_RUN_UNTOLD, LAST_VALUE_LOST } from './exchanges.js';

/** One for each invariant of the campaigns. */
export const CAMPAIGNS: readonly CampaignMutant[] = [
  {
    invariant: 'every run ends, as what befell it allows',
    lacks: 'the status of an account that another run syncs',
    edits: [edit('cli/exit-codes.ts', '  busy: EXIT.busy,', '  busy: EXIT.database,')],
  },
  {
    invariant: 'no account is stored in part',
    lacks: 'the commit being one statement',
    edits: [
      edit(
        'repository/account-commit.ts',
        '  const rows = await sql<{ leases: string }[]>`\n    with ${leasedInput(sql, commit, accountRows(commit))},',
        '  await sql`with ${leasedInput(sql, commit, accountRows(commit))}, ${savedHoldings(sql)} select`;\n' +
          '  const rows = await sql<{ leases: string }[]>`\n    with ${leasedInput(sql, commit, accountRows(commit))},',
      ),
    ],
  },
  {
    invariant: 'no event is lost or doubled',
    lacks: 'the first event of each page',
    edits: [
      edit(
        'client/history.ts',
        'yield pageWith(stream, events, heldBack',
        'yield pageWith(stream, events.slice(1), heldBack',
      ),
    ],
  },
  {
    invariant: 'no cursor is past what was told',
    lacks: 'a cursor that ends where the answer did',
    edits: [
      edit(
        'client/history.ts',
        '    ...completed(stream, span.to),',
        '    ...completed(stream, span.to + 3_600_000),',
      ),
    ],
  },
  {
    invariant: 'the books equal a full replay',
    lacks: 'a way back to what came late',
    edits: [
      edit(
        'service/update-ledger.ts',
        'valid.find((time) => affected === undefined || time < affected)',
        'valid.find((time) => affected === undefined || time > 0)',
      ),
    ],
  },
  {
    invariant: 'snapshots are of whole readings',
    lacks: 'the last good value of a wallet',
    edits: [LAST_VALUE_LOST],
  },
  {
    invariant: 'sync_history tells the truth',
    lacks: 'a row for the run that failed',
    edits: [FAILED_RUN_UNTOLD],
  },
  {
    invariant: 'leases are free or end',
    lacks: 'the lease being given back',
    edits: [
      edit(
        'service/with-lease.ts',
        '.run((sql) => releaseLease(sql, account, runId))',
        '.run((sql) => (Date.now() > 0 ? Promise.resolve() : releaseLease(sql, account, runId)))',
      ),
    ],
  },
  {
    invariant: 'the last sync brings the whole truth',
    lacks: 'the average entry price',
    edits: [
      edit('repository/holdings.ts', '      ...cost,\n', '      ...cost,\n      averageEntry: undefined,\n'),
    ],
  },
];
