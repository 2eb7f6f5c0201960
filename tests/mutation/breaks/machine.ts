import { edit, type Mutant, mutant } from '../mutant.js';

/** Settings, files and outputs of the machine that it runs on. */
export const MACHINE: readonly Mutant[] = [
  mutant(
    40,
    'a look for quotation marks',
    edit(
      'config/account.ts',
      '  if (text && /^([\'"`]).*\\1$/s.test(text)) {',
      '  if (text && /^$/.test(text)) {',
    ),
  ),
  mutant(
    40,
    'a look for what # cuts off',
    edit(
      'config/account.ts',
      '  if (file?.cutNames.includes(name)) {',
      '  if (file?.cutNames.includes(`${name} `)) {',
    ),
  ),
  mutant(
    40,
    'blank being as good as missing',
    edit('config/account.ts', 'checkSecret(name, found.value?.trim())', 'checkSecret(name, found.value)'),
  ),
  mutant(
    41,
    'the nearest match',
    edit('config/accounts.ts', 'const hint = near ? `Did you mean', 'const hint = !near ? `Did you mean'),
  ),
  mutant(
    42,
    'the group among the others',
    edit('config/settings-file.ts', 'READABLE_BY_OTHERS = 0o077;', 'READABLE_BY_OTHERS = 0o007;'),
  ),
  mutant(
    42,
    'a warning by sync',
    edit(
      'cli/commands/sync-start.ts',
      '  if (environment.file?.readableByOthers) {',
      '  if (environment.file?.readableByOthers && lines.length > 0) {',
    ),
  ),
  mutant(
    43,
    'the lock',
    edit(
      'database/embedded.ts',
      '  while (!tryLock(file.fd)) {',
      '  while (!tryLock(file.fd) && waitMs < 0) {',
    ),
  ),
  mutant(
    43,
    'the number of the process that has it',
    edit('database/embedded.ts', '  await file.write(`${process.pid}\\n`, 0);\n', ''),
  ),
  mutant(
    44,
    'a look at the version of the files',
    edit('database/embedded.ts', '    await refuseOtherVersion(directory);\n', ''),
  ),
  mutant(
    44,
    'words for files that are damaged',
    edit(
      'database/embedded.ts',
      "      throw (await outsideTrouble(directory, cause)) ?? damaged(directory, 'does not open', cause);",
      '      throw cause;',
    ),
  ),
  mutant(
    45,
    'a reader that went away being no failure',
    edit('render/output.ts', "new Set(['EPIPE', 'ECONNRESET'])", "new Set(['ECONNRESET'])"),
  ),
  mutant(
    46,
    'an output that could not be written being a failure',
    edit('render/output.ts', '      else reject(new OutputError(error));', "      else resolve('closed');"),
  ),
  mutant(
    48,
    'metrics that fail being only a warning',
    edit(
      'cli/commands/sync-monitoring.ts',
      '    await warn(`the metrics file was not written: ${reason}`);',
      '    throw new Error(reason);',
    ),
  ),
  mutant(
    48,
    'a warning of the monitor that was not told',
    edit(
      'cli/commands/sync-monitoring.ts',
      '      if (unheard !== undefined) await warn(',
      '      if (unheard === reached) await warn(',
    ),
    edit(
      'cli/commands/sync-monitoring.ts',
      '      const unheard = await ping(',
      "      const reached = '';\n      const unheard = await ping(",
    ),
  ),
  mutant(
    48,
    'the secrecy of its address',
    edit(
      'cli/commands/sync-monitoring.ts',
      'the ping to ${url.host} failed',
      'the ping to ${url.host} failed ${url.href}',
    ),
    edit('cli/context.ts', '  [PING_URL]: pingSecrets,\n', '  [PING_URL]: () => [],\n'),
  ),
];
