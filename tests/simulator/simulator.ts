import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerBybit } from './bybit/dialect.js';
import { type Answer, Faults, play } from './faults.js';
import { World } from './world.js';

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
}

export interface Simulator {
  readonly url: string;
  readonly world: World;
  readonly faults: Faults;
  /** Every request since the start or since it was emptied. */
  readonly requests: RecordedRequest[];
  readonly stop: () => Promise<void>;
}

/** An exchange on a free loopback port, speaking its own wire protocol. */
export async function startSimulator(
  options: { world?: World; latencyMs?: number } = {},
): Promise<Simulator> {
  const world = options.world ?? new World();
  const faults = new Faults();
  const requests: RecordedRequest[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '' } = request;
    const [path = '', query = ''] = url.split(/\?(.*)/s);
    requests.push({ method, path, query });
    if (options.latencyMs) await new Promise((resolve) => setTimeout(resolve, options.latencyMs));
    const fault = faults.next(path, query);
    response.setHeader('Date', new Date(world.now()).toUTCString());
    if (fault && (await play(fault, request, response))) return;
    const { status, headers, body } = answerBybit(world, { method, path, query, headers: request.headers });
    response
      .writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers })
      .end(JSON.stringify(fault?.kind === 'edit' ? fault.edit(body as Answer) : body));
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    world,
    faults,
    requests,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
