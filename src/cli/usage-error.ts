import type { CommanderError } from 'commander';
import { ExpectedError } from '../errors.js';

/** Commander's message, `error: WHAT` with `is invalid. HOW` or `(Did you mean X?)`, as an error with its fix. */
export function usageError({ message }: CommanderError, command: string | undefined): ExpectedError {
  const text = message.replace(/^error: /, '').trimEnd();
  const [, what = text, how] =
    /^(.*?is invalid(?: for argument '\w+')?)\. (.*)$/s.exec(text) ?? /^(.*?)\n\((.*)\)$/s.exec(text) ?? [];
  const help = `exchange-sync ${command === undefined ? '' : `${command} `}--help`;
  return new ExpectedError('usage', shortened(what), {
    fix: how?.replace(/^Allowed choices are/, 'Choose:') ?? `See: ${help}`,
  });
}

/** `option '-f, --format <format>' argument 'x' is invalid` as `invalid --format 'x'` */
function shortened(what: string): string {
  const [, option = '', value = ''] =
    /^option '(?:-\w, )?(--[\w-]+).*?' argument (.*) is invalid$/s.exec(what) ?? [];
  if (option !== '') return `invalid ${option} ${value}`;
  return what.replace(/^command-argument value (.*) is invalid for argument '(.*)'$/s, 'invalid $2 $1');
}
