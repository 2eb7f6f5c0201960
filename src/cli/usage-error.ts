import type { CommanderError } from 'commander';
import { ExpectedError } from '../errors.js';

/** commander's words, `error: WHAT` with `is invalid. HOW` or `(Did you mean X?)`, as a failure with its fix. */
export function usageError({ message }: CommanderError, command: string | undefined): ExpectedError {
  const text = message.replace(/^error: /, '').trimEnd();
  const [, what = text, how] =
    /^(.*?is invalid(?: for argument '\w+')?)\. (.*)$/s.exec(text) ?? /^(.*?)\n\((.*)\)$/s.exec(text) ?? [];
  const help = `exchange-sync ${command === undefined ? '' : `${command} `}--help`;
  return new ExpectedError('usage', what, { fix: how ?? `See what there is: ${help}` });
}
