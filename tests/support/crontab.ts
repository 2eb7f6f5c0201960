import { spawn } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './cli.js';
import type { Stage } from './stage.js';

export interface CronJob {
  readonly schedule: string;
  readonly command: string;
}

const LINES = readFileSync(join(PROJECT, 'crontab.example'), 'utf8').split('\n');

/** The assignments of crontab.example. */
export const CRON_ENVIRONMENT: Readonly<Record<string, string>> = Object.fromEntries(
  LINES.flatMap((line) => {
    const match = /^([A-Z_]+)=(.*)$/.exec(line);
    return match ? [[match[1] ?? '', match[2] ?? '']] : [];
  }),
);

/** Its job lines. */
export const CRON_JOBS: readonly CronJob[] = LINES.flatMap((line) => {
  const match = /^((?:\S+ ){5})(.*)$/.exec(/^[0-9*]/.test(line) ? line : '');
  return match ? [{ schedule: match[1]?.trim() ?? '', command: match[2] ?? '' }] : [];
});

const FOLDER = '/opt/exchange-sync';
const NODE = '/usr/bin/node';

/** A command of crontab.example with the paths of this machine. */
export function adjusted({ folder }: Stage, command: string): string {
  if (!command.includes(FOLDER) || !command.includes(NODE)) throw new Error(`no paths in: ${command}`);
  return command.replaceAll(FOLDER, folder).replaceAll(NODE, process.execPath);
}

/** Makes the stage's folder the one that crontab.example names: the program and its .env. */
export function install({ folder, env }: Stage): void {
  for (const name of ['dist', 'node_modules', 'package.json'])
    symlinkSync(join(PROJECT, name), join(folder, name));
  const settings = Object.entries(env).filter(([name]) => name !== 'HOME');
  writeFileSync(join(folder, '.env'), settings.map(([name, value]) => `${name}='${value}'\n`).join(''), {
    mode: 0o600,
  });
}

/** What cron gives a job. */
export const bareEnvironment = ({ folder }: Stage): Record<string, string> => ({
  ...CRON_ENVIRONMENT,
  HOME: folder,
  LOGNAME: 'root',
  PATH: '/usr/bin:/bin',
});

/** As cron runs it: the bare environment, /bin/sh, output in one stream that would be the mail. */
export function runAsCron(stage: Stage, command: string): Promise<{ code: number | null; mail: string }> {
  return new Promise((resolve) => {
    const child = spawn('/bin/sh', ['-c', adjusted(stage, command)], {
      env: bareEnvironment(stage),
      cwd: stage.folder,
    });
    let mail = '';
    child.stdout.on('data', (text: Buffer) => (mail += text.toString()));
    child.stderr.on('data', (text: Buffer) => (mail += text.toString()));
    child.once('close', (code) => {
      resolve({ code, mail });
    });
  });
}
