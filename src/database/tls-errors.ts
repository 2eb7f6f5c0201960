import { SOCKET_ERROR } from './socket.js';

const naming = (what: string): string =>
  `Name ${what}: PGSSLROOTCERT=/path/to/it.pem, or sslrootcert in DATABASE_URL.`;
const NAME_THE_AUTHORITY = naming('the authority that signed it');

type Reason = readonly [why: string, fix: string];

/** By the codes of Node, which are OpenSSL's X509_V_ERR names. */
const CERTIFICATE: Readonly<Record<string, (host: string) => Reason>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: () => ['it is self-signed', naming('the certificate itself')],
  SELF_SIGNED_CERT_IN_CHAIN: () => ['its certificate authority is unknown here', NAME_THE_AUTHORITY],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: () => ['its certificate authority is unknown here', NAME_THE_AUTHORITY],
  UNABLE_TO_GET_ISSUER_CERT: () => ['its certificate authority is unknown here', NAME_THE_AUTHORITY],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: () => ['its certificate authority is unknown here', NAME_THE_AUTHORITY],
  CERT_SIGNATURE_FAILURE: () => ['it was signed by another authority of the same name', NAME_THE_AUTHORITY],
  ERR_TLS_CERT_ALTNAME_INVALID: (host) => [
    `it is not for ${host}`,
    'Connect by a name or address in the certificate, or create a certificate for this host.',
  ],
  CERT_HAS_EXPIRED: () => [
    'it has expired',
    "Renew the server's certificate, or correct this machine's clock.",
  ],
  CERT_NOT_YET_VALID: () => [
    'it is not valid yet',
    "Correct this machine's clock, or the server's certificate.",
  ],
};

type Explanation = readonly ['config', string, string];

/** Why a secured connection failed; undefined if TLS is not the cause. */
export function explainTlsError(
  code: string,
  message: string,
  place: string,
  host: string,
): Explanation | undefined {
  if (code === SOCKET_ERROR.noTls) {
    return [
      'config',
      `database ${place} does not support TLS, which is required`,
      'Set ssl = on in its postgresql.conf; or, on a trusted network only, sslmode=disable in DATABASE_URL or PGSSLMODE.',
    ];
  }
  const reason = CERTIFICATE[code]?.(host);
  if (reason) {
    const [why, fix] = reason;
    return ['config', `the certificate of database ${place} is rejected: ${why} (${message})`, fix];
  }
  if (!/^(ERR_SSL|ERR_TLS|CERT_|EPROTO$)/.test(code)) return undefined;
  return [
    'config',
    `TLS handshake failed with database ${place}: ${message}`,
    'Check ssl_min_protocol_version, ssl_ciphers and the certificate of the server.',
  ];
}
