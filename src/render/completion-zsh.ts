import type { CompletedCommand, CompletedOption, CompletedProgram } from '../models/completion.js';

/** For a file `_exchange-sync` in the fpath as well as for `source`. */
export const zshCompletion = (program: CompletedProgram): readonly string[] => [
  `#compdef ${program.name}`,
  '_exchange-sync() {',
  '  local context state state_descr line',
  '  typeset -A opt_args',
  '  local -a commands',
  '  commands=(',
  ...program.commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`),
  '  )',
  '  _arguments -C \\',
  ...program.options.map((option) => `    ${specOf(option)} \\`),
  "    '1: :->command' '*:: :->rest'",
  '  case $state in',
  "    command) _describe 'command' commands ;;",
  '    rest)',
  '      case $words[1] in',
  ...program.commands.flatMap(commandCase),
  '      esac ;;',
  '  esac',
  '}',
  'if [[ $funcstack[1] == _exchange-sync ]]; then _exchange-sync "$@"; else compdef _exchange-sync exchange-sync; fi',
];

const commandCase = ({ name, options, words }: CompletedCommand): readonly string[] => [
  `        ${name})`,
  `          _arguments ${[...options.map(specOf), ...(words.length > 0 ? [quoted(`1: :(${words.join(' ')})`)] : [])].join(' \\\n            ')} ;;`,
];

/** `'(-f --format)'{-f,--format=}'[how to print]:value:(table json csv)'` */
function specOf({ short, long, description, value, repeatable }: CompletedOption): string {
  const takes = value.kind === 'none' ? '' : '=';
  const once = quoted(repeatable ? '*' : `(${[short, long].filter(Boolean).join(' ')})`);
  const flags = short ? `{${short},${long}${takes}}` : `${long}${takes}`;
  const says = `[${description.replaceAll(/[[\]\\]/g, '\\$&')}]`;
  const action =
    value.kind === 'words' ? `(${value.words.join(' ')})` : value.kind === 'file' ? '_files' : ' ';
  return once + flags + quoted(value.kind === 'none' ? says : `${says}:value:${action}`);
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
