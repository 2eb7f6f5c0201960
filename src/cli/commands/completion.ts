import { Argument, Command } from 'commander';
import { completionOffers } from '../completion-offers.js';
import { SCRIPTS, type Shell, SHELLS } from '../completion-scripts.js';
import { COMPLETION_EXITS, EXIT, type SetExit } from '../exit-codes.js';
import { writeOut } from '../../render/output.js';

const EXAMPLES = `
Examples:
  exchange-sync completion bash > ~/.local/share/bash-completion/completions/exchange-sync
  exchange-sync completion zsh > ~/.zfunc/_exchange-sync          a folder of your fpath
  exchange-sync completion fish > ~/.config/fish/completions/exchange-sync.fish
  source <(exchange-sync completion bash)                         for this shell alone

`;

export const completionCommand = (setExit: SetExit): Command =>
  new Command('completion')
    .description('print a completion script for a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .argument('[words...]', 'the words of a line: the script asks how to complete the last')
    .addHelpText('after', EXAMPLES + COMPLETION_EXITS)
    .action(async (shell: Shell, words: readonly string[], _options: object, { parent }: Command) => {
      const lines =
        words.length > 0 && parent ? completionOffers(parent, words, shell === 'fish') : [SCRIPTS[shell]];
      await writeOut(lines.map((line) => `${line}\n`).join(''));
      setExit(EXIT.ok);
    });
