import { helpOf } from '../docs/help-of.js';

/** The words of a command line, an option or a choice of which is all that is offered here. */
export type OfferedLine = readonly string[];

/** Every command, option and choice that `--help` names, each as the least that one types for it. */
export const offeredLines = (): readonly OfferedLine[] => [
  ...longOptions(helpOf(['--help'])).map(({ option }) => [option]),
  ...commandNames().flatMap(linesOf),
];

function commandNames(): string[] {
  const [, section = ''] = /^Commands:\n(.*?)\n\n/ms.exec(helpOf(['--help'])) ?? [];
  return [...section.matchAll(/^ {2}([\w-]+)/gm)].map(([, name = '']) => name);
}

function linesOf(command: string): OfferedLine[] {
  // It has no help of its own.
  if (command === 'help') return [[command]];
  const help = helpOf([command, '--help']);
  const options = longOptions(help).flatMap(({ option, text }) => withChoices([command, option], text));
  return [...withChoices([command], /^Arguments:\n(.*?)\n\n/ms.exec(help)?.[1] ?? ''), ...options];
}

function longOptions(help: string) {
  const [, section = ''] = /^Options:\n(.*?)\n\n/ms.exec(help) ?? [];
  return section.split(/\n(?= {2}-)/).map((text) => ({ option: /--[\w-]+/.exec(text)?.[0] ?? '', text }));
}

/** `(choices: "table", "json", default: "table")` */
function withChoices(line: OfferedLine, text: string): OfferedLine[] {
  const [, listed] = /\(choices: (.*?)(?:, default|\))/s.exec(text) ?? [];
  if (listed === undefined) return [line];
  return [...listed.matchAll(/"([^"]+)"/g)].map(([, choice = '']) => [...line, choice]);
}
