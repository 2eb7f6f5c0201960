import { certificateProblem } from '../models/certificates.js';
import { RequestFailure } from './answer.js';

const LOOK_UP = 'host name not found';
const BROKEN_OFF = 'the connection was interrupted';
const NO_CONNECTION = 'could not connect';
const NO_TLS = 'TLS handshake failed';

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
  return new RequestFailure(`network error: ${message}`, {
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
