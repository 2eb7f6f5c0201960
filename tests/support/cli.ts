import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { refuseTold, watchRun } from './left-secrets.js';

export const PROJECT = process.cwd();
export const BINARY = join(PROJECT, 'dist/bin/exchange-sync.js');
const SHIFT_CLOCK = pathToFileURL(join(PROJECT, 'dist/tests/support/shift-clock.js')).href;

export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The exit status as a shell tells it, in which a signal has a number too. */
export const statusOf = ({ code, signal }: CliResult): number | null =>
  signal === null ? code : 128 + constants.signals[signal];

export interface CliOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** ms by which the program's clock differs from this machine's. */
  readonly clockShift?: number;
  readonly clockJump?: ClockJump;
  /** Of the user that runs the program; the tests then run as root. */
  readonly uid?: number;
  /** The program's file, if it is not the one of this checkout. */
  readonly binary?: string;
  /** The Node that runs it, if it is not the one of the tests. */
  readonly node?: string;
}

/** While the program runs, once. */
export interface ClockJump {
  readonly afterMs: number;
  readonly ms: number;
}

/** A clock that is wrong from the start, or becomes so. */
export interface ClockChange {
  readonly shiftMs?: number;
  readonly jump?: ClockJump;
}

export interface RunningCli {
  readonly child: ChildProcess;
  readonly ended: Promise<CliResult>;
}

/** The built program with nothing of our own environment but PATH: what a test sets is all there is. */
export function startCli(args: readonly string[], options: CliOptions): RunningCli {
  const { cwd, uid, binary = BINARY, node = process.execPath } = options;
  const child = spawn(node, [binary, ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...clockEnv(options), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid, gid: uid }),
  });
  watchRun(options.env);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const closed = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr });
    });
  });
  // Of every run of every test, so that no failure of any kind goes unwatched.
  const ended = closed.then((result) => {
    refuseTold(options.env, `${stdout}\n${stderr}`);
    return result;
  });
  return { child, ended };
}

function clockEnv({ clockShift = 0, clockJump }: CliOptions): Record<string, string> {
  if (clockShift === 0 && !clockJump) return {};
  return {
    CLOCK_SHIFT_MS: String(clockShift),
    ...(clockJump && {
      CLOCK_JUMP_MS: String(clockJump.ms),
      CLOCK_JUMP_AFTER_MS: String(clockJump.afterMs),
    }),
    NODE_OPTIONS: `--import ${SHIFT_CLOCK}`,
  };
}

export const runCli = async (args: readonly string[], options: CliOptions): Promise<CliResult> =>
  await startCli(args, options).ended;
