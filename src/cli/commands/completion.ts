import { Argument, Command } from 'commander';
import { type Shell, SHELLS } from '../../models/completion.js';
import { COMPLETION_EXITS, type SetExit } from '../exit-codes.js';

const EXAMPLES = `
Examples:
  exchange-sync completion bash > ~/.local/share/bash-completion/completions/exchange-sync
  exchange-sync completion zsh > ~/.zfunc/_exchange-sync          a folder of your fpath
  exchange-sync completion fish > ~/.config/fish/completions/exchange-sync.fish
  source <(exchange-sync completion bash)                         for this shell alone

`;

export const completionCommand = (setExit: SetExit): Command =>
  new Command('completion')
    .description('print the completion script of a shell')
    .addArgument(new Argument('<shell>', 'the shell that is to complete').choices(SHELLS))
    .addHelpText('after', EXAMPLES + COMPLETION_EXITS)
    .action(async (shell: Shell, _options: object, { parent }: Command) => {
      const { completion } = await import('./completion-run.js');
      if (parent) setExit(await completion(shell, parent));
    });
