import { edit, type Mutant, mutant } from '../mutant.js';

const ERRORS = 'database/database-errors.ts';

/** A database that is away, slow, silent, not ours or not as it was. */
export const DATABASES: readonly Mutant[] = [
  mutant(
    7,
    'the way to start the server',
    edit(
      ERRORS,
      "    ECONNREFUSED: unreachable('connection refused'),",
      "    ECONNREFUSED: ['database', `the database ${place} cannot be reached: connection refused`, 'Try again later.'],",
    ),
  ),
  mutant(
    8,
    'a second try while the server starts',
    edit(ERRORS, '[SQLSTATE.cannotConnectNow, SQLSTATE.tooManyConnections]', '[SQLSTATE.tooManyConnections]'),
  ),
  mutant(
    10,
    'a limit for the connection to come about',
    edit('database/connection.ts', 'options.connect_timeout ?? CONNECT_TIMEOUT_MS / 1000,', '600,'),
  ),
  mutant(
    10,
    'a limit for an operation',
    edit(
      'database/with-database.ts',
      'return await Promise.race([operation, limit]);',
      'limit.catch(() => undefined);\n    return await operation;',
    ),
  ),
  mutant(
    11,
    'the deadline telling the run to stop',
    edit('cli/run-control.ts', '      stop(EXIT.deadline, deadlineError(timeoutText));\n', ''),
  ),
  mutant(
    11,
    'work that does not stop being left behind',
    edit('cli/run-control.ts', '      abandon(leftBehind(reason));\n', ''),
  ),
  mutant(
    12,
    'the refusal of a second connection',
    edit('database/connection.ts', '    if (opened) throw lost();\n', ''),
    edit('database/connection.ts', '    if (stream.destroyed) throw lost();\n', ''),
  ),
  mutant(
    12,
    'trying again only what the server refused by its own word',
    edit(
      ERRORS,
      '  [SQLSTATE.cannotConnectNow, SQLSTATE.tooManyConnections].some(',
      "  ['CONNECTION_LOST', 'CONNECTION_CLOSED', SQLSTATE.cannotConnectNow].some(",
    ),
  ),
  mutant(
    13,
    'words for a read-only replica',
    edit(ERRORS, '    [SQLSTATE.readOnlyTransaction]: [', "    '25006 is not known': ["),
  ),
  mutant(
    14,
    'words for a database that is not there',
    edit(ERRORS, '    [SQLSTATE.invalidCatalogName]: [', "    '3D000 is not known': ["),
  ),
  mutant(
    14,
    'the role that was refused',
    edit(ERRORS, 'login failed for user "${user}": wrong', 'login failed: wrong'),
  ),
  mutant(
    15,
    'the refusal of a newer schema',
    edit(
      'database/migrate.ts',
      "  if (state === 'current') return [];\n  if (state === 'newer') throw newerSchema(database);\n",
      "  if (state === 'current' || state === 'newer') return [];\n",
    ),
  ),
  mutant(
    15,
    'a migration by sync',
    edit(
      'cli/commands/perform-sync.ts',
      '      if (!options.dryRun) await migrate(database, MIGRATIONS, firstWrite);\n',
      '',
    ),
  ),
  mutant(
    15,
    'a look at the schema by show',
    edit('service/read-stored.ts', '  if (version < SCHEMA_VERSION) throw olderSchema();\n', ''),
  ),
  mutant(
    15,
    'a look at the schema by a dry run',
    edit('database/migrate.ts', "  if (state === 'older') throw olderSchema();\n", ''),
  ),
  mutant(
    16,
    'a look at one of the four permissions',
    edit('database/grants.ts', " and has_table_privilege(c.oid, 'DELETE') as writable", ' as writable'),
  ),
  mutant(
    16,
    'an explanation of what was refused',
    edit(
      'database/with-database.ts',
      '    if (isPermissionRefused(error)) throw await explainPermission(error, role, connection);\n',
      '',
    ),
  ),
  mutant(
    20,
    'a start without the parameter that PgBouncer refuses',
    edit(
      'database/with-database.ts',
      '      if (!pinned || !isParameterRefused(error)) throw error;',
      '      throw error;',
    ),
  ),
  mutant(
    21,
    'a second try while there is no connection left',
    edit(ERRORS, '[SQLSTATE.cannotConnectNow, SQLSTATE.tooManyConnections]', '[SQLSTATE.cannotConnectNow]'),
  ),
  mutant(
    21,
    'the limits to raise',
    edit(ERRORS, 'Raise max_connections or the limit of the role ${user}, or use', 'Put'),
  ),
];
