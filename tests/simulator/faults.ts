import type { IncomingMessage, ServerResponse } from 'node:http';

/** An answer of Bybit's, as far as tests change it. */
export interface Answer {
  result: {
    list?: Record<string, unknown>[];
    rows?: Record<string, unknown>[];
    nextPageCursor?: string;
  };
}

/** What goes wrong with a request; `body` and `headers` are sent as they are. */
export type FaultKind =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Record<string, string>;
    }
  | { readonly kind: 'body'; readonly body: string }
  | {
      readonly kind: 'retCode';
      readonly code: number;
      readonly message: string;
      readonly headers?: Record<string, string>;
    }
  /** The true answer, changed. */
  | { readonly kind: 'edit'; readonly edit: (body: Answer) => unknown }
  /** The same as it goes over the wire. */
  | { readonly kind: 'rewrite'; readonly rewrite: (body: string) => Buffer }
  | { readonly kind: 'reset' }
  | { readonly kind: 'resetBody' }
  | { readonly kind: 'stall' }
  | { readonly kind: 'drip' }
  | { readonly kind: 'huge'; readonly bytes: number }
  | { readonly kind: 'delay'; readonly ms: number };

export type Fault = FaultKind & {
  /** Default: every path. */
  readonly path?: string;
  /** What the query must hold; default: anything. */
  readonly query?: string;
  /** From the how-manieth matching request on, beginning with 1; default 1. */
  readonly at?: number;
  /** For how many of them; default 1. */
  readonly times?: number;
};

/** Faults by request number: each counts the requests that match it. */
export class Faults {
  readonly #faults: { readonly fault: Fault; seen: number }[] = [];

  add(fault: Fault): void {
    this.#faults.push({ fault, seen: 0 });
  }

  clear(): void {
    this.#faults.length = 0;
  }

  next(path: string, query: string): Fault | undefined {
    let chosen: Fault | undefined;
    for (const entry of this.#faults) {
      const { fault } = entry;
      if (fault.path !== undefined && fault.path !== path) continue;
      if (!query.includes(fault.query ?? '')) continue;
      entry.seen += 1;
      const first = fault.at ?? 1;
      if (entry.seen >= first && entry.seen < first + (fault.times ?? 1)) chosen ??= fault;
    }
    return chosen;
  }
}

/** Plays the fault; true where it has answered, or will never answer. */
export async function play(
  fault: Fault,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  switch (fault.kind) {
    case 'status':
      response
        .writeHead(fault.status, { 'Content-Type': 'text/html', ...fault.headers })
        .end(fault.body ?? '<html></html>');
      return true;
    case 'body':
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(fault.body);
      return true;
    case 'retCode': {
      const body = {
        retCode: fault.code,
        retMsg: fault.message,
        result: {},
        retExtInfo: {},
        time: Date.now(),
      };
      response
        .writeHead(200, { 'Content-Type': 'application/json', ...fault.headers })
        .end(JSON.stringify(body));
      return true;
    }
    case 'edit':
    case 'rewrite':
      return false;
    case 'reset':
      request.socket.destroy();
      return true;
    case 'resetBody':
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
      response.write('{"retCode":0,');
      setTimeout(() => request.socket.destroy(), 20);
      return true;
    case 'stall':
      return true;
    case 'drip': {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 50);
      response.once('close', () => {
        clearInterval(timer);
      });
      return true;
    }
    case 'huge':
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(`[${' '.repeat(fault.bytes)}]`);
      return true;
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      return false;
  }
}
