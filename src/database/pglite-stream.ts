import { Duplex } from 'node:stream';
import { PINNED, TEXT_FORMS } from './session.js';

interface Pglite {
  readonly execProtocolRaw: (message: Uint8Array) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
}

export interface OpenPglite {
  readonly openStream: () => Promise<Duplex>;
  /** Its files as they are, as a tar.gz. */
  readonly copy: () => Promise<Blob>;
  readonly close: () => Promise<void>;
}

const TERMINATE = 'X'.charCodeAt(0);

/** PGlite on a data directory, loaded only where it is used; speaks PostgreSQL's wire protocol in memory. */
export async function openPglite(dataDirectory: string): Promise<OpenPglite> {
  const { PGlite } = await import('@electric-sql/pglite');
  const pglite = await PGlite.create({ dataDir: dataDirectory });
  // One session, which takes no settings with its start-up packet.
  for (const setting of Object.entries({ ...TEXT_FORMS, ...PINNED }))
    await pglite.query('select set_config($1, $2, false)', setting);
  return {
    openStream: () => Promise.resolve(new PgliteStream(pglite)),
    copy: () => pglite.dumpDataDir('gzip'),
    close: () => pglite.close(),
  };
}

/** Stands where postgres.js has its socket. */
class PgliteStream extends Duplex {
  readonly #pglite: Pglite;

  constructor(pglite: Pglite) {
    super();
    this.#pglite = pglite;
  }

  /** postgres.js waits for ever at its end where this is missing. */
  get readyState(): 'open' | 'closed' {
    return this.destroyed || this.writableEnded ? 'closed' : 'open';
  }

  override _read(): void {
    // Answers are pushed as they come.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    if (chunk[0] === TERMINATE) {
      done();
      return;
    }
    this.#pglite.execProtocolRaw(chunk).then(
      (answer) => {
        this.push(Buffer.from(answer));
        done();
      },
      (error: unknown) => {
        done(error instanceof Error ? error : new Error(String(error)));
      },
    );
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
    this.destroy();
  }
}
