import { edit, type Mutant, mutant } from '../mutant.js';

/** What a database of another kind, size, clock or owner must not change. */
export const SESSIONS: readonly Mutant[] = [
  mutant('D1', 'a DateStyle of the session', edit('database/session.ts', "  DateStyle: 'ISO, MDY',\n", '')),
  mutant(
    'D2',
    'a look at the encoding of the database',
    edit(
      'database/encoding.ts',
      '  if (!database || database.encoding === ENCODING) return;',
      '  if (!database || database.encoding) return;',
    ),
  ),
  mutant(
    'D3',
    'the accounts being read by the index',
    edit(
      'repository/snapshots.ts',
      '    (select account from ${table} order by account limit 1)\n    union all\n',
      '    (select distinct account from ${table})\n    union\n',
    ),
  ),
  mutant(
    'D4',
    'the last price being kept with the holding',
    edit(
      'repository/portfolio.ts',
      'selectedRows(sql, HOLDINGS, account))} as holdings,',
      'selectedRows(sql, HOLDINGS, account))} as holdings,\n' +
        '(select max(price) from exchange_sync.snapshot_items item where item.account = ${account}) as searched,',
    ),
  ),
  mutant(
    'D5',
    'a look at the space on the disk',
    edit(
      'database/embedded-troubles.ts',
      '  if (SPACE.has(refused) || /no space left|disk quota/i.test(String(cause))) return full(directory, cause);\n',
      '',
    ),
    edit(
      'database/embedded-troubles.ts',
      '  if (await isNearlyFull(directory)) return full(directory, cause);\n',
      '',
    ),
  ),
  mutant(
    'D6',
    "a commit dated by the database's clock",
    edit(
      'repository/history-page.ts',
      'as doc, ${at} as at,',
      "as doc, (${jsonText(doc)}::text::jsonb ->> 'ended_at')::timestamptz as at,",
    ),
  ),
  mutant(
    'D7',
    'own runs in a table of their own',
    edit(
      'repository/runs.ts',
      `select (select max(ended_at) from exchange_sync.runs
               where account = \${account} and success and \${ofThePast(sql)}) as last,`,
      `select (select max(end_time at time zone 'UTC') from public.sync_history
               where exchange_id = \${account} and success) as last,`,
    ),
  ),
  mutant(
    'D8',
    'the deletion of old snapshots',
    edit('repository/retention.ts', 'order by taken_at limit ${MAX_DELETED}', 'order by taken_at limit 0'),
  ),
  mutant(
    'D8',
    'a limit of the points of a chart',
    edit('service/show-history.ts', '  return runs <= points ? 0 :', '  return runs > 0 ? 0 :'),
  ),
  mutant(
    'D9',
    'a limit of the texts that are read',
    edit('repository/texts.ts', 'case when length(${column}) >', 'case when length(${column}) > 99999999 +'),
  ),
  mutant(
    'E14',
    'the word of a run in sync_history',
    edit(
      'repository/runs.ts',
      "select account, 'portfolio', assets, assets,",
      "select account, 'full', assets, assets,",
    ),
  ),
  mutant(
    'F9',
    'the refusal of hidden rows',
    edit(
      'database/row-security.ts',
      '  if (!first) return;\n',
      '  if (tables.length >= 0 || !first) return;\n',
    ),
  ),
];
