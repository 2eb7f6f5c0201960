import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BinanceOptions, createBinance, type WireAnswer } from './binance/dialect.js';
import { answerBybit, type BybitOptions } from './bybit/dialect.js';
import { type Answer, type Fault, Faults, play } from './faults.js';
import { World } from './world.js';

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** ms since 1970 and their fractions, so that no two are the same. */
  readonly at: number;
}

/** A request that was answered as the exchange answers. */
export interface Heard extends RecordedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly status: number;
  readonly body: string;
}

export interface Simulator {
  readonly url: string;
  readonly world: World;
  readonly faults: Faults;
  /** Every request since the start or since it was emptied. */
  readonly requests: RecordedRequest[];
  readonly stop: () => Promise<void>;
}

export interface SimulatorOptions {
  readonly world?: World;
  readonly latencyMs?: number;
  readonly bybit?: BybitOptions;
  readonly binance?: BinanceOptions;
  readonly onAnswer?: (heard: Heard) => void;
}

/** Exchanges on a free loopback port, each speaking its own wire protocol on its own paths. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const world = options.world ?? new World();
  const faults = new Faults();
  const requests: RecordedRequest[] = [];
  const answerBinance = createBinance(world, options.binance);
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '' } = request;
    const [path = '', query = ''] = url.split(/\?(.*)/s);
    const recorded = { method, path, query, at: performance.timeOrigin + performance.now() };
    requests.push(recorded);
    if (options.latencyMs) await new Promise((resolve) => setTimeout(resolve, options.latencyMs));
    const fault = faults.next(path, query);
    response.setHeader('Date', new Date(world.now()).toUTCString());
    if (fault && (await play(fault, request, response))) return;
    const asked = { method, path, query, headers: request.headers, body: await bodyOf(request) };
    const isBinance = /^\/s?api\//.test(path);
    const { status, headers, body } = isBinance
      ? answerBinance(asked)
      : wired(answerBybit(world, asked, options.bybit));
    const sent = changedBy(fault, body);
    response.writeHead(status, headers).end(sent);
    options.onAnswer?.({ ...recorded, headers: request.headers, status, body: sent.toString() });
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

function changedBy(fault: Fault | undefined, body: string): string | Buffer {
  if (fault?.kind === 'rewrite') return fault.rewrite(body);
  return fault?.kind === 'edit' ? JSON.stringify(fault.edit(JSON.parse(body) as Answer)) : body;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
  return text;
}

interface JsonAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const wired = ({ status, headers, body }: JsonAnswer): WireAnswer => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
});
