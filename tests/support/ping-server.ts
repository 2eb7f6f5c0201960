import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A check as healthchecks.io names it; the token is what nobody else may see. */
export const PING_TOKEN = '5f0e3b1c-canary-ping-token-9a7d';

export interface Heard {
  readonly method: string;
  /** Below the check: '' for success, /start, /77. */
  readonly signal: string;
  readonly rid: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

export interface PingServer {
  readonly url: string;
  readonly heard: Heard[];
  /** How it answers; a status of undefined: never. */
  answer: { readonly status: number | undefined; readonly text?: string; readonly location?: string };
  readonly stop: () => void;
}

/** A monitor that speaks the pinging API of healthchecks.io. */
export function startPingServer(): Promise<PingServer> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.once('end', () => {
      const url = new URL(request.url ?? '', 'http://monitor');
      const signal = url.pathname.replace(`/ping/${PING_TOKEN}`, '');
      const { method = '', headers } = request;
      heard.push({ method, signal, rid: url.searchParams.get('rid') ?? '', body, headers });
      const { status, text = 'OK', location } = running.answer;
      const answerHeaders = location === undefined ? {} : { Location: location };
      if (status !== undefined) response.writeHead(status, answerHeaders).end(text);
    });
  });
  const running: PingServer = {
    url: '',
    heard,
    answer: { status: 200 },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve(Object.assign(running, { url: `http://127.0.0.1:${port}/ping/${PING_TOKEN}` }));
    });
  });
}
