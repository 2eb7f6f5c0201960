import type { Command, Option } from 'commander';
import { SUBJECTS } from '../models/check.js';
import { SUPPORTED_EXCHANGES } from '../models/exchanges.js';
import { NAMED_PERIODS } from '../models/results.js';

interface Offer {
  readonly word: string;
  readonly description: string;
}

/** The shell completes file names itself. */
const FILES: readonly Offer[] = [{ word: '<files>', description: '' }];

/** What may replace the last of the words, each with its description after a tab. */
export function completionOffers(
  program: Command,
  words: readonly string[],
  isFish: boolean,
): readonly string[] {
  const last = words.at(-1) ?? '';
  // bash passes --format=j as three words, the other shells as one; fish replaces the whole of it.
  const [, option, value = last] = /^(--[\w-]+)=(.*)$/.exec(last) ?? [];
  const before = [...words.slice(0, -1), option ?? ''].filter((word) => word !== '' && word !== '=');
  const typed = value === '=' ? '' : value;
  const offers = offersAfter(program, before, typed.startsWith('-'));
  const prefix = option !== undefined && isFish ? `${option}=` : '';
  return offers
    .filter(({ word }) => offers === FILES || word.startsWith(typed))
    .map(({ word, description }) => `${prefix}${word}\t${description}`);
}

function offersAfter(program: Command, before: readonly string[], wantsOption: boolean): readonly Offer[] {
  const commands = program.createHelp().visibleCommands(program);
  const command = commands.find((one) => before.includes(one.name()));
  const options = (command ?? program).createHelp().visibleOptions(command ?? program);
  const option = options.find(({ short, long }) => [short, long].includes(before.at(-1) ?? ''));
  if (option && (option.required || option.optional)) return valuesOf(option);
  const named = commands.map((one) => ({ word: one.name(), description: one.description() }));
  const words = command === undefined || command.name() === 'help' ? named : argumentsOf(command);
  return wantsOption || words.length === 0 ? options.flatMap(flagsOf) : words;
}

const flagsOf = ({ short, long, description }: Option): readonly Offer[] =>
  [short, long].flatMap((word) => (word === undefined ? [] : [{ word, description }]));

const wordsOf = (words: readonly string[]): readonly Offer[] =>
  words.map((word) => ({ word, description: '' }));

const argumentsOf = ({ registeredArguments }: Command): readonly Offer[] =>
  wordsOf(registeredArguments.flatMap(({ argChoices }) => argChoices ?? []));

/** Values of options without choices, by their placeholder. */
const BY_PLACEHOLDER: Readonly<Record<string, readonly Offer[]>> = {
  account: wordsOf(SUPPORTED_EXCHANGES),
  check: wordsOf(SUBJECTS),
  days: wordsOf(['7d', '30d', ...NAMED_PERIODS.keys()]),
  path: FILES,
};

function valuesOf({ flags, argChoices }: Option): readonly Offer[] {
  const [, placeholder = ''] = /[<[](\w+)/.exec(flags) ?? [];
  return argChoices ? wordsOf(argChoices) : (BY_PLACEHOLDER[placeholder] ?? []);
}
