import { type Command, CommanderError } from 'commander';
import { ExpectedError } from '../errors.js';
import { OutputError, writeOut } from '../render/output.js';
import { EXIT, exitOfError } from './exit-codes.js';
import { createProgram } from './program.js';
import { coloured, widthOf } from './terminal.js';
import { usageError } from './usage-error.js';

/**
 * Parses, runs and exits; the only place that catches everything. The status is a failure from the
 * first moment: a promise that never settles would otherwise let Node end with 0.
 */
export async function main(argv: readonly string[]): Promise<void> {
  // Whatever cron's is: what is written is for this user alone, but for what asks for more.
  process.umask(0o077);
  process.exitCode = EXIT.unfinished;
  const code = await run(argv);
  // Sockets of a server that fell silent would hold the process open; everything is written by now.
  process.exit(code);
}

async function run(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.unfinished;
  let printed = '';
  const program = createProgram({
    setExit: (code) => {
      exitCode = code;
    },
    print: (text) => {
      printed += text;
    },
  });
  const asked = withoutHelpCommand(argv, program);
  try {
    await program.parseAsync(asked);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && printed !== '') return await answer(printed, error).catch(report);
    const command = program.commands.find((known) => known.name() === asked[2])?.name();
    return await report(error instanceof CommanderError ? usageError(error, command) : error);
  }
}

/** `help COMMAND` becomes `COMMAND --help`; one that is not known is the same mistake with and without `help`. */
function withoutHelpCommand(argv: readonly string[], program: Command): readonly string[] {
  const [node = '', script = '', first, command] = argv;
  if (first !== 'help') return argv;
  if (command === undefined || command === 'help') return [node, script, '--help'];
  const known = program.commands.some((each) => each.name() === command);
  return [node, script, command, ...(known ? ['--help'] : [])];
}

/** Help and version, which commander throws once it has printed them; without a command the help says what is wrong. */
async function answer(text: string, { exitCode }: CommanderError): Promise<number> {
  if (exitCode === 0) {
    await writeOut(text);
    return EXIT.ok;
  }
  await writeOut(text, process.stderr);
  return EXIT.usage;
}

async function report(error: unknown): Promise<number> {
  const { fallbackRedaction } = await import('./run-command.js');
  const exitCode = exitOfError(error);
  const text = await explain(error, exitCode);
  await writeOut(fallbackRedaction()(`${text.trimEnd()}\n`), process.stderr).catch(() => undefined);
  return exitCode;
}

async function explain(error: unknown, exitCode: number): Promise<string> {
  if (error instanceof ExpectedError) {
    const { renderError } = await import('./run-command.js');
    const { stderr } = process;
    return renderError(error, { colour: coloured(stderr), exitCode, width: widthOf(stderr) });
  }
  if (error instanceof OutputError) return `Error: ${error.message}`;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `Error: a bug in exchange-sync, please report it.\n${stack}`;
}
