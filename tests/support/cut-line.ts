import { connect, type AddressInfo, createServer, type Socket } from 'node:net';

export type Direction = 'to the server' | 'from the server';

/** A line to a server that can be cut at a chosen moment. */
export interface CutLine {
  readonly port: number;
  /** From now on nothing that the server says arrives. */
  readonly muffle: () => void;
  /** From now on what the server says arrives so much later, but for its first answers on each connection. */
  readonly slow: (ms: number, atOnce?: number) => void;
  /** Breaks every connection; later ones pass again. */
  readonly cut: () => void;
  /** The same once so many bytes more have gone in a direction, over all connections. */
  readonly cutAfter: (bytes: number, direction: Direction) => void;
  /** Breaks every connection, and refuses later ones. */
  readonly close: () => void;
}

export function startCutLine(target: number): Promise<CutLine> {
  const open = new Set<Socket>();
  let muffled = false;
  let late = { ms: 0, atOnce: 0 };
  let doom: { readonly direction: Direction; left: number } | undefined;
  const cut = () => {
    muffled = false;
    doom = undefined;
    for (const socket of open) socket.destroy();
  };
  const pass = (direction: Direction, chunk: Buffer, to: Socket) => {
    const left = doom?.direction === direction ? (doom.left -= chunk.length) : 0;
    to.write(left < 0 ? chunk.subarray(0, left) : chunk);
    // What has been written goes out first.
    if (left < 0) to.end(cut);
  };
  const server = createServer((near) => {
    const far = connect({ host: '127.0.0.1', port: target });
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined).once('close', () => open.delete(socket));
    }
    near.on('data', (chunk: Buffer) => {
      pass('to the server', chunk, far);
    });
    // Whoever is killed with something unread does not end its side: it resets it.
    near.once('end', () => far.end()).once('close', () => far.destroy());
    let answers = 0;
    far.on('data', (chunk: Buffer) => {
      answers += 1;
      const passOn = () => {
        if (!muffled) pass('from the server', chunk, near);
      };
      if (late.ms > 0 && answers > late.atOnce) setTimeout(passOn, late.ms).unref();
      else passOn();
    });
    far.once('end', () => near.end());
    // A server that is killed with something unread resets its side, and so does the line: nobody would end it.
    far.once('close', (broken) => broken && near.resetAndDestroy());
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({
        port,
        muffle: () => {
          muffled = true;
        },
        slow: (ms, atOnce = 0) => {
          late = { ms, atOnce };
        },
        cut,
        cutAfter: (bytes, direction) => {
          doom = { direction, left: bytes };
        },
        close: () => {
          server.close();
          cut();
        },
      });
    });
  });
}
