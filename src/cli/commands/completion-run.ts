import type { Command, Option } from 'commander';
import { SUBJECTS } from '../../models/check.js';
import type {
  CompletedCommand,
  CompletedOption,
  CompletedProgram,
  CompletedValue,
  Shell,
} from '../../models/completion.js';
import { SUPPORTED_EXCHANGES } from '../../models/exchanges.js';
import { NAMED_PERIODS } from '../../models/results.js';
import { renderCompletion } from '../../render/completion.js';
import { writeOut } from '../../render/output.js';
import { EXIT } from '../exit-codes.js';

/** Runs the command and gives its exit status. */
export async function completion(shell: Shell, program: Command): Promise<number> {
  await writeOut(renderCompletion(shell, completedProgram(program)));
  return EXIT.ok;
}

/** The program as commander has it, so that what is completed is what there is. */
export function completedProgram(program: Command): CompletedProgram {
  // In its order, the help command among them.
  const commands = program.createHelp().visibleCommands(program);
  const names = commands.map((command) => command.name());
  return {
    ...completed(program),
    commands: commands.map((command) =>
      command.name() === 'help' ? { ...completed(command), words: names } : completed(command),
    ),
  };
}

const completed = (command: Command): CompletedCommand => ({
  name: command.name(),
  description: command.description(),
  options: command.createHelp().visibleOptions(command).map(completedOption),
  words: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
});

const completedOption = (option: Option): CompletedOption => ({
  short: option.short,
  long: option.long ?? option.flags,
  description: option.description,
  value: valueOf(option),
  repeatable: Array.isArray(option.defaultValue),
});

/** What the placeholder of an option stands for, where commander knows no choices. */
const BY_PLACEHOLDER: Readonly<Record<string, CompletedValue>> = {
  account: { kind: 'words', words: SUPPORTED_EXCHANGES },
  check: { kind: 'words', words: SUBJECTS },
  days: { kind: 'words', words: ['7d', '30d', ...NAMED_PERIODS.keys()] },
  path: { kind: 'file' },
};

function valueOf({ flags, argChoices, required, optional }: Option): CompletedValue {
  if (argChoices) return { kind: 'words', words: argChoices };
  if (!required && !optional) return { kind: 'none' };
  const [, placeholder = ''] = /[<[](\w+)[>\]]/.exec(flags) ?? [];
  return BY_PLACEHOLDER[placeholder] ?? { kind: 'free' };
}
