import { RequestFailure } from './answer.js';

const LOOK_UP = 'its host name could not be looked up';
const BROKEN_OFF = 'the connection was broken off';
const NO_CONNECTION = 'no connection came about';
const NO_TLS = 'no TLS could be agreed on';
const CERTIFICATE = 'its TLS certificate is not trusted here';

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
  CERT_HAS_EXPIRED: CERTIFICATE,
  CERT_NOT_YET_VALID: CERTIFICATE,
  DEPTH_ZERO_SELF_SIGNED_CERT: CERTIFICATE,
  ERR_TLS_CERT_ALTNAME_INVALID: CERTIFICATE,
  SELF_SIGNED_CERT_IN_CHAIN: CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT: CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: CERTIFICATE,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: CERTIFICATE,
};

/** Why there was no whole answer, without the address, which holds the signature. */
export function networkFailure(error: unknown, timedOut: boolean): RequestFailure {
  if (error instanceof RequestFailure) return error;
  if (timedOut) return new RequestFailure('the answer did not come in time');
  return new RequestFailure(`the network failed: ${reasonOf(error)}`);
}

function reasonOf(error: unknown): string {
  const cause = (error as { cause?: { code?: unknown; message?: unknown } }).cause;
  const reason = cause?.code ?? cause?.message ?? (error as Error).name;
  if (typeof reason !== 'string') return 'unknown';
  const words = WORDS[reason] ?? (reason.startsWith('ERR_SSL_') ? NO_TLS : undefined);
  return words === undefined ? reason : `${words} (${reason})`;
}
