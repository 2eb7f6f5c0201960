import { certificateProblem } from '../models/certificates.js';
import { RequestFailure } from './answer.js';

const LOOK_UP = 'its host name could not be looked up';
const BROKEN_OFF = 'the connection was broken off';
const NO_CONNECTION = 'no connection came about';
const NO_TLS = 'no TLS could be agreed on';

/** By the codes of Node, of its HTTP client and of OpenSSL. */
const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: LOOK_UP,
  EAI_AGAIN: LOOK_UP,
  ECONNRESET: BROKEN_OFF,
  EPIPE: BROKEN_OFF,
  UND_ERR_SOCKET: BROKEN_OFF,
  ECONNREFUSED: NO_CONNECTION,
  EHOSTUNREACH: NO_CONNECTION,
  ENETUNREACH: NO_CONNECTION,
  ETIMEDOUT: NO_CONNECTION,
  UND_ERR_CONNECT_TIMEOUT: NO_CONNECTION,
};

/** Why there was no whole answer, without the address, which holds the signature. */
export function networkFailure(error: unknown, timedOut: boolean): RequestFailure {
  if (error instanceof RequestFailure) return error;
  if (timedOut) return new RequestFailure('the answer did not come in time', { unreachable: true });
  const reason = reasonOf(error);
  const problem = certificateProblem(reason);
  const words = problem?.why ?? WORDS[reason] ?? (reason.startsWith('ERR_SSL_') ? NO_TLS : undefined);
  const message = words === undefined ? reason : `${words} (${reason})`;
  return new RequestFailure(`the network failed: ${message}`, {
    unreachable: !problem,
    remedy: problem?.fix,
  });
}

/** Node's code, or else its words. */
function reasonOf(error: unknown): string {
  const cause = (error as { cause?: { code?: unknown; message?: unknown } }).cause;
  const reason = cause?.code ?? cause?.message ?? (error as Error).name;
  return typeof reason === 'string' ? reason : 'unknown';
}
