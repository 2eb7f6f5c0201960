import type { CompletedProgram, Shell } from '../models/completion.js';
import { bashCompletion } from './completion-bash.js';
import { fishCompletion } from './completion-fish.js';
import { zshCompletion } from './completion-zsh.js';

const SCRIPTS: Readonly<Record<Shell, (program: CompletedProgram) => readonly string[]>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** The script that makes a shell complete the program. */
export const renderCompletion = (shell: Shell, program: CompletedProgram): string =>
  `${SCRIPTS[shell](program).join('\n')}\n`;
