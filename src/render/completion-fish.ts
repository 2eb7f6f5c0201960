import type { CompletedCommand, CompletedOption, CompletedProgram } from '../models/completion.js';

export const fishCompletion = (program: CompletedProgram): readonly string[] => [
  `# ${program.name}: completion for fish`,
  `complete -c ${program.name} -f`,
  ...program.commands.map(({ name, description }) =>
    line(program, '__fish_use_subcommand', `-a ${name} -d ${quoted(description)}`),
  ),
  ...program.options.map((option) => line(program, '__fish_use_subcommand', optionText(option))),
  ...program.commands.flatMap((command) => commandLines(program, command)),
];

function commandLines(
  program: CompletedProgram,
  { name, options, words }: CompletedCommand,
): readonly string[] {
  const condition = quoted(`__fish_seen_subcommand_from ${name}`);
  return [
    ...options.map((option) => line(program, condition, optionText(option))),
    ...(words.length > 0 ? [line(program, condition, `-a ${quoted(words.join(' '))}`)] : []),
  ];
}

const line = ({ name }: CompletedProgram, condition: string, text: string): string =>
  `complete -c ${name} -n ${condition} ${text}`;

function optionText({ short, long, description, value }: CompletedOption): string {
  const flags = `${short ? `-s ${short.slice(1)} ` : ''}-l ${long.slice(2)}`;
  return `${flags}${valueText(value)} -d ${quoted(description)}`;
}

function valueText(value: CompletedOption['value']): string {
  switch (value.kind) {
    case 'none':
      return '';
    case 'file':
      return ' -r -F';
    case 'free':
      return ' -x';
    case 'words':
      return ` -x -a ${quoted(value.words.join(' '))}`;
  }
}

const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
