import { CommanderError } from 'commander';
import { ExpectedError } from '../errors.js';
import { OutputError, writeOut } from '../render/output.js';
import { EXIT, exitOfError } from './exit-codes.js';
import { createProgram } from './program.js';
import { coloured } from './terminal.js';
import { usageError } from './usage-error.js';

/**
 * Parses, runs and exits; the only place that catches everything. The status is a failure from the
 * first moment: a promise that never settles would otherwise let Node end with 0.
 */
export async function main(argv: readonly string[]): Promise<void> {
  process.exitCode = EXIT.unfinished;
  const code = await run(argv);
  // Sockets of a server that fell silent would hold the process open; everything is written by now.
  process.exit(code);
}

async function run(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.unfinished;
  const program = createProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    const command = program.commands.find((known) => known.name() === argv[2])?.name();
    return await report(error, command);
  }
}

async function report(error: unknown, command: string | undefined): Promise<number> {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.ok;
    // Called without a command: the help is the answer.
    if (error.code === 'commander.help') return EXIT.usage;
    return await report(usageError(error, command), command);
  }
  const { fallbackRedaction } = await import('./context.js');
  const exitCode = exitOfError(error);
  const text = await explain(error, exitCode);
  await writeOut(fallbackRedaction()(`${text.trimEnd()}\n`), process.stderr).catch(() => undefined);
  return exitCode;
}

async function explain(error: unknown, exitCode: number): Promise<string> {
  if (error instanceof ExpectedError) {
    const { renderError } = await import('../render/error-text.js');
    return renderError(error, { colour: coloured(process.stderr), exitCode });
  }
  if (error instanceof OutputError) return `Error: ${error.message}`;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `Error: a bug in exchange-sync, please report it.\n${stack}`;
}
