import { expect, test } from '@jest/globals';
import { CommanderError } from 'commander';
import { usageError } from '../../src/cli/usage-error.js';

test.each([
  [
    "error: unknown command 'snyc'\n(Did you mean sync?)",
    undefined,
    "unknown command 'snyc'",
    'Did you mean sync?',
  ],
  ["error: unknown command 'x'", undefined, "unknown command 'x'", 'See: exchange-sync --help'],
  ["error: unknown option '--x'", 'show', "unknown option '--x'", 'See: exchange-sync show --help'],
  [
    "error: option '--max-age <duration>' argument '5' is invalid. Write it so. Or so.",
    'check',
    "invalid --max-age '5'",
    'Write it so. Or so.',
  ],
  [
    "error: option '--x' argument 'a\nb' is invalid. Write it so.",
    'show',
    "invalid --x 'a\nb'",
    'Write it so.',
  ],
  [
    "error: option '-f, --format <format>' argument 'x' is invalid. Allowed choices are table, json.",
    'show',
    "invalid --format 'x'",
    'Choose: table, json.',
  ],
  [
    "error: command-argument value 'x' is invalid for argument 'action'. Allowed choices are rename, remove.",
    'account',
    "invalid action 'x'",
    'Choose: rename, remove.',
  ],
])('%j after %s says what is wrong and the fix', (message, command, what, fix) => {
  expect(usageError(new CommanderError(1, 'commander.any', message), command)).toMatchObject({
    kind: 'usage',
    message: what,
    fix,
  });
});
