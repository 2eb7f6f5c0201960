import { edit, type Mutant, mutant } from '../mutant.js';

const EVENTS_FIRST = edit(
  'repository/account-commit.ts',
  '  const rows = await sql<{ leases: string }[]>`\n    with ${leasedInput(sql, commit, accountRows(commit))},',
  '  await sql`with ${leasedInput(sql, commit, accountRows(commit))}, ${savedEvents(sql)} select`;\n' +
    '  const rows = await sql<{ leases: string }[]>`\n    with ${leasedInput(sql, commit, accountRows(commit))},',
);

/** Kills, signals, and what makes a commit whole. */
export const COMMITS: readonly Mutant[] = [
  mutant(
    1,
    'the last page of each stream waiting for the commit',
    edit(
      'service/history-reader.ts',
      '      if (held) await this.#keep(held);\n',
      '      await this.#keep(page);\n',
    ),
  ),
  mutant(2, 'the commit being one statement', EVENTS_FIRST),
  mutant(
    3,
    'what is told a second time being left alone',
    edit(
      'repository/history-page.ts',
      `     where (known.assets, known.amounts, known.roles, known.wallets, known.type, known.status, known.time, known.txid)
           is distinct from (excluded.assets, excluded.amounts, excluded.roles, excluded.wallets, excluded.type,
                             excluded.status, excluded.time, coalesce(excluded.txid, known.txid))
`,
      '',
    ),
  ),
  mutant(
    3,
    'the metrics waiting for the commit',
    edit(
      'cli/commands/sync-monitoring.ts',
      '  let exitCode;\n',
      '  if (metricsFile !== undefined) await writeMetrics(metricsFile, options, seen, 0);\n  let exitCode;\n',
    ),
  ),
  mutant(
    4,
    'an ear for SIGTERM',
    edit(
      'cli/run-control.ts',
      "process.on('SIGTERM', onTerm).on('SIGINT', onInterrupt)",
      "process.on('SIGINT', onInterrupt)",
    ),
  ),
  mutant(
    4,
    'the lease being given back by a run that was told to stop',
    edit(
      'service/with-lease.ts',
      '.run((sql) => releaseLease(sql, account, runId))',
      '.run((sql) => (context.signal.aborted ? Promise.resolve() : releaseLease(sql, account, runId)))',
    ),
  ),
  mutant(
    5,
    'the time in which a commit may finish',
    edit('cli/run-control.ts', 'const GRACE_MS = 8_000;', 'const GRACE_MS = 0;'),
  ),
  mutant(
    6,
    'the run being looked up',
    edit(
      'service/commit-account.ts',
      '      if (!isStored) throw error;',
      '      if (!isStored || isStored) throw error;',
    ),
  ),
  mutant(
    6,
    'a doubt where the look-up fails too',
    edit(
      'service/commit-account.ts',
      '        .catch(() => false);\n      if (!isStored)',
      '        .catch(() => true);\n      if (!isStored)',
    ),
  ),
  mutant(9, 'the commit being one statement', EVENTS_FIRST),
  mutant(
    9,
    'words for a connection that the server closed',
    edit('database/error-classes.ts', "  CONNECTION_CLOSED: 'the server closed it',\n", ''),
  ),
  mutant(
    17,
    'words for a disk that is full',
    edit('database/database-errors.ts', '    [SQLSTATE.diskFull]: [', "    '53100 is not known': ["),
  ),
  mutant(
    18,
    'a lease being respected',
    edit('repository/leases.ts', 'where lease.expires_at <= now() or ${alone}', 'where true or ${alone}'),
  ),
  mutant(
    18,
    'the name of who is at work',
    edit('service/with-lease.ts', '${holder} has been syncing', 'another run has been syncing'),
  ),
  mutant(
    19,
    'an expired lease being free',
    edit('repository/leases.ts', 'where lease.expires_at <= now() or ${alone}', 'where ${alone}'),
  ),
  mutant(
    19,
    'a lease outliving the run that died',
    edit('service/with-lease.ts', "const alone = database.kind === 'embedded';", 'const alone = true;'),
  ),
];
