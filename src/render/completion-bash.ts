import type { CompletedCommand, CompletedProgram } from '../models/completion.js';

/** For bash 3.2 and later, without the package bash-completion; `--format=json` arrives there as three words. */
export const bashCompletion = (program: CompletedProgram): readonly string[] => [
  `# ${program.name}: completion for bash`,
  '_exchange_sync() {',
  "  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= words= i IFS=$' \\t\\n'",
  '  [[ $previous == = ]] && previous=${COMP_WORDS[COMP_CWORD-2]}',
  '  [[ $word == = ]] && word=',
  '  COMPREPLY=()',
  '  for ((i = 1; i < COMP_CWORD; i++)); do',
  `    case \${COMP_WORDS[i]} in ${program.commands.map(({ name }) => name).join('|')}) command=\${COMP_WORDS[i]}; break ;; esac`,
  '  done',
  '  case $command:$previous in',
  ...program.commands.flatMap(valueCases),
  '    *)',
  '      case $command:$word in',
  ...wordCases(
    '',
    program,
    program.commands.map(({ name }) => name),
  ),
  ...program.commands.flatMap((command) => wordCases(command.name, command, command.words)),
  '      esac ;;',
  '  esac',
  '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
  '}',
  `complete -F _exchange_sync ${program.name}`,
];

const FILES = 'compopt -o filenames 2>/dev/null; IFS=$\'\\n\'; COMPREPLY=($(compgen -f -- "$word")); return';

function valueCases({ name, options }: CompletedCommand): readonly string[] {
  return options.flatMap(({ short, long, value }) => {
    if (value.kind === 'none') return [];
    const pattern = [short, long].flatMap((flag) => (flag ? `${name}:${flag}` : [])).join('|');
    const words = value.kind === 'words' ? `words='${value.words.join(' ')}'` : undefined;
    return `    ${pattern}) ${words ?? (value.kind === 'file' ? FILES : 'return')} ;;`;
  });
}

/** Options where a dash is typed, or where there is nothing else. */
function wordCases(name: string, { options }: CompletedCommand, words: readonly string[]): readonly string[] {
  const flags = options.flatMap(({ short, long }) => [short, long]).filter((flag) => flag !== undefined);
  const dashed = `        ${name}:${words.length > 0 ? '-' : ''}*) words='${flags.join(' ')}' ;;`;
  return words.length > 0 ? [dashed, `        ${name}:*) words='${words.join(' ')}' ;;`] : [dashed];
}
