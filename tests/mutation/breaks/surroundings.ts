import { edit, type Mutant, mutant } from '../mutant.js';

/** Users, files and settings around the program. */
export const SURROUNDINGS: readonly Mutant[] = [
  mutant(
    'A2',
    'an answer for a user without an entry in the password file',
    edit(
      'config/directories.ts',
      '    return userInfo().homedir;\n  } catch {\n    return undefined;\n',
      '    return userInfo().homedir;\n  } catch (error) {\n    throw error;\n',
    ),
  ),
  mutant(
    'A4',
    'a look at who can write to the compile cache',
    edit('cli/compile-cache.ts', "if (distrust(directory, 'read') === undefined) enable", 'enable'),
  ),
  mutant(
    'B1',
    'a look at the owner of a file',
    edit('ownership.ts', '      if (isForeign) return `${at} belongs to another user (${stats.uid})`;\n', ''),
  ),
  mutant(
    'B1',
    'a look at who else can write to a file',
    edit(
      'ownership.ts',
      "      if (use === 'read' && isOpen) return `${at} can be changed by other users`;\n",
      '',
    ),
  ),
  mutant(
    'B2',
    'a look for tables of another application',
    edit(
      'database/first-write.ts',
      '  if (foreign.length > 0) throw othersAreThere(database.place, foreign);\n',
      '',
    ),
  ),
  mutant(
    'B2',
    'a look at whose settings a file has',
    edit('config/env-file.ts', 'isOurs: holdsOurs(values)', 'isOurs: true'),
  ),
  mutant(
    'B3',
    'a look for credentials of unsupported exchanges',
    edit('config/unused-settings.ts', '  return [...unsupported(env, names), ...', '  return [...'),
  ),
  mutant(
    'B4',
    'words in capitals',
    edit(
      'config/choices.ts',
      'candidate.toLowerCase() === text.toLowerCase()',
      'candidate.toLowerCase() === text',
    ),
  ),
  mutant(
    'B5',
    'the refusal of unencoded characters in a password',
    edit('config/connection-string.ts', " || /[/?#[\\]]/.test(user ?? '')", ''),
  ),
  mutant(
    'B5',
    'the refusal of unsupported parameters',
    edit(
      'config/connection-parameters.ts',
      '    if (fix !== undefined) return [{ what: `the parameter ${name}',
      '    if (fix !== undefined) return [];\n    if (fix !== undefined) return [{ what: `the parameter ${name}',
    ),
  ),
  mutant(
    'B6',
    'a look at the kind of a file',
    edit(
      'config/settings-file.ts',
      "  if (!statSync(path).isFile()) return { ok: false, kind: 'unreadable', why: 'it is not a regular file' };\n",
      '',
    ),
  ),
  mutant(
    'C10',
    'a look at the kind of a secret',
    edit(
      'client/secret-kinds.ts',
      '  if (secretKinds.some((usable) => usable === kind)) return;',
      '  if (secretKinds.length > 0) return;',
    ),
  ),
  mutant(
    'F5',
    'quotation marks around a setting being cut',
    edit(
      'config/clean-value.ts',
      "  return trimmed.replace(/^(['\"])(.*)\\1$/s, '$2').trim();",
      '  return trimmed;',
    ),
  ),
  mutant(
    'F5',
    'the refusal of relative paths',
    edit('config/paths.ts', 'if (path === undefined || isAbsolute(path))', 'if (path === undefined || path)'),
  ),
  mutant(
    'F6',
    'the fix for a network that inspects TLS',
    edit('models/certificates.ts', '  UNABLE_TO_VERIFY_LEAF_SIGNATURE: AUTHORITY,\n', ''),
  ),
];
