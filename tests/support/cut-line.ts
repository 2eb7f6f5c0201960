import { connect, type AddressInfo, createServer, type Socket } from 'node:net';

/** A line to a server that can be cut at a chosen moment. */
export interface CutLine {
  readonly port: number;
  /** From now on nothing that the server says arrives. */
  readonly muffle: () => void;
  /** From now on what the server says arrives so much later, but for its first answers on each connection. */
  readonly slow: (ms: number, atOnce?: number) => void;
  /** Breaks every connection; later ones pass again. */
  readonly cut: () => void;
  /** Breaks every connection, and refuses later ones. */
  readonly close: () => void;
}

export function startCutLine(target: number): Promise<CutLine> {
  const open = new Set<Socket>();
  let muffled = false;
  let late = { ms: 0, atOnce: 0 };
  const server = createServer((near) => {
    const far = connect({ host: '127.0.0.1', port: target });
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined).once('close', () => open.delete(socket));
    }
    near.pipe(far);
    let answers = 0;
    far.on('data', (chunk: Buffer) => {
      answers += 1;
      if (late.ms > 0 && answers > late.atOnce) setTimeout(() => near.write(chunk), late.ms).unref();
      else if (!muffled) near.write(chunk);
    });
    far.once('end', () => near.end());
  });
  const cut = () => {
    muffled = false;
    for (const socket of open) socket.destroy();
  };
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
        close: () => {
          server.close();
          cut();
        },
      });
    });
  });
}
