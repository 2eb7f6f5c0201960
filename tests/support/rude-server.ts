import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface RudeServer {
  readonly port: number;
  readonly close: () => void;
}

/** A port behind which somebody else than PostgreSQL behaves as told. */
export function startRudeServer(behave: (socket: Socket) => unknown): Promise<RudeServer> {
  return new Promise((resolve) => {
    const server = createServer((socket) => void behave(socket.on('error', () => undefined)));
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ port, close: () => void server.close() });
    });
  });
}
