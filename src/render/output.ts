import { fstatSync, writeFile } from 'node:fs';
import type { Writable } from 'node:stream';

/** `closed`: the reader went away (`| head`), which is no failure. */
export type WriteOutcome = 'written' | 'closed';

/** The text could not be written whole; `code` is the system's, such as ENOSPC or EIO. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
  readonly code: string;

  constructor(cause: NodeJS.ErrnoException) {
    super(`the output could not be written: ${cause.message}`, { cause });
    this.code = cause.code ?? 'UNKNOWN';
  }
}

const READER_GONE: ReadonlySet<string> = new Set(['EPIPE', 'ECONNRESET']);

/** Settles once every byte has left the process, so that an exit after it cuts nothing; rejects with OutputError. */
export function writeOut(text: string, stream: Writable = process.stdout): Promise<WriteOutcome> {
  return new Promise((resolve, reject) => {
    const settle = (error: NodeJS.ErrnoException | null | undefined) => {
      if (!error) resolve('written');
      else if (READER_GONE.has(error.code ?? '')) resolve('closed');
      else reject(new OutputError(error));
    };
    const file = fileDescriptor(stream);
    if (file === undefined) writeToStream(text, stream, settle);
    else writeFile(file, text, settle);
  });
}

/**
 * Where standard output is a file, its stream drops the rest of a short write without a word, as on a
 * disk that fills up midway; fs.writeFile goes on until all is written or the system refuses.
 */
function fileDescriptor(stream: Writable): number | undefined {
  if (!('fd' in stream) || typeof stream.fd !== 'number') return undefined;
  const target = fstatSync(stream.fd);
  const streamed = target.isFIFO() || target.isSocket() || ('isTTY' in stream && stream.isTTY === true);
  return streamed ? undefined : stream.fd;
}

function writeToStream(
  text: string,
  stream: Writable,
  settle: (error: Error | null | undefined) => void,
): void {
  const heardByTheCallback = () => undefined;
  stream.once('error', heardByTheCallback);
  stream.write(text, (error) => {
    if (!error) stream.off('error', heardByTheCallback);
    settle(error);
  });
}
