import { afterAll } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Shell } from '../../src/cli/completion-scripts.js';
import { BINARY } from './cli.js';

/** What a shell offers for a command line, by the script that the program prints for it. */
export type Completer = (line: string) => readonly string[];

const FOLDER = mkdtempSync(join(tmpdir(), 'exchange-sync-shells-'));

afterAll(() => {
  rmSync(FOLDER, { recursive: true, force: true });
});

/** An empty one, for as long as the suite runs. */
export const newFolder = (): string => mkdtempSync(join(FOLDER, 'folder-'));

export const printedBy = (shell: string): string =>
  execFileSync(process.execPath, [BINARY, 'completion', shell], { encoding: 'utf8' });

function savedScript(text: string): string {
  const path = join(newFolder(), 'completion');
  writeFileSync(path, text);
  return path;
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** The scripts call the program by its name. */
const PATH = `${FOLDER}:${process.env['PATH'] ?? ''}`;
writeFileSync(join(FOLDER, 'exchange-sync'), `#!/bin/sh\nexec '${process.execPath}' '${BINARY}' "$@"\n`, {
  mode: 0o755,
});

const execute = (shell: string, args: readonly string[], cwd: string): string =>
  execFileSync(shell, args, { encoding: 'utf8', cwd, timeout: 60_000, env: { ...process.env, PATH } });

/** As readline does it: the words of the line, of which `=` is one, and the function that `complete` names. */
const BASH = `
source "$1"; shift
[[ $(complete -p exchange-sync) =~ '-F '([_a-z]+) ]] || exit 1
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
"\${BASH_REMATCH[1]}"
printf '%s\\n' "\${COMPREPLY[@]}"`;

const bash =
  (script: string, cwd: string): Completer =>
  (line) => {
    const words = line.split(/ |(?<==)|(?==)/);
    return lines(execute('bash', ['--norc', '-c', BASH, 'bash', script, ...words], cwd));
  };

const fish =
  (script: string, cwd: string): Completer =>
  (line) =>
    lines(
      execute('fish', ['--no-config', '-c', 'source $argv[1]; complete -C $argv[2]', script, line], cwd),
    ).map(
      // A description follows a tab; the flag before a value comes with it.
      (offer) => (offer.split('\t')[0] ?? '').replace(/^--[\w-]+=(?=.)/, ''),
    );

/** An interactive zsh in a terminal of its own: TAB is pressed, and what it is given to offer is written down. */
const ZSH = `
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z 'PROMPT=; autoload -Uz compinit; compinit -D -u; bindkey "^I" complete-word; unsetopt beep'
zpty -w z 'compadd() {
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
  local -a hits; builtin compadd -A hits "$@"; (( $#hits )) && print -rl -- $hits >> '$3'
  builtin compadd "$@"
}'
zpty -w z "source $1"
zpty -w z "print ready > $3.ready"
while [[ ! -e $3.ready ]]; do sleep 0.05; done
zpty -w -n z "$2"$'\\t'
zpty -w z $'\\C-u'"print done > $3.done"
while [[ ! -e $3.done ]]; do sleep 0.05; done
zpty -d z`;

let asked = 0;

const zsh =
  (script: string, cwd: string): Completer =>
  (line) => {
    asked += 1;
    const offered = join(FOLDER, `offered-${asked}`);
    writeFileSync(offered, '');
    execute('zsh', ['-f', '-c', ZSH, 'zsh', script, line, offered], cwd);
    return [...new Set(lines(readFileSync(offered, 'utf8')).map((offer) => offer.replace(/=$/, '')))];
  };

const COMPLETERS: Readonly<Record<Shell, (script: string, cwd: string) => Completer>> = { bash, zsh, fish };

/** The shell with a script, in a folder. */
export const completerOf = (shell: Shell, script: string, cwd: string): Completer =>
  COMPLETERS[shell](savedScript(script), cwd);

export function isInstalled(shell: string): boolean {
  try {
    execFileSync(shell, ['-c', 'exit 0']);
    return true;
  } catch {
    return false;
  }
}
