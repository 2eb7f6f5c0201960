import { SYNC_CLOCK } from './day.js';

interface CertificateProblem {
  readonly why: string;
  readonly fix: string;
}

const AUTHORITY: CertificateProblem = {
  why: 'its TLS certificate is not trusted here',
  fix: 'If your network inspects TLS, as companies do, name its certificate authority: NODE_EXTRA_CA_CERTS=/path/to/ca.pem in the real environment (crontab, unit, shell), not in .env, which is read too late.',
};
const CLOCK = `turn on time synchronisation: ${SYNC_CLOCK}`;

/** Certificates that Node and OpenSSL refuse, by error code. Trying again does not help. */
const PROBLEMS: Readonly<Record<string, CertificateProblem>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: AUTHORITY,
  CERT_SIGNATURE_FAILURE: AUTHORITY,
  CERT_UNTRUSTED: AUTHORITY,
  CERT_HAS_EXPIRED: {
    why: "its TLS certificate has expired by this machine's clock",
    fix: `If the clock is wrong, ${CLOCK}. If it is right, the operator of that host, or of the proxy before it, must renew the certificate.`,
  },
  CERT_NOT_YET_VALID: {
    why: "its TLS certificate is not valid yet by this machine's clock",
    fix: `The clock is probably behind: ${CLOCK}.`,
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    why: 'its TLS certificate is for another host',
    fix: 'Check the host in the BASE_URL setting; else a proxy, a captive portal or wrong DNS answers in its place.',
  },
};

export const certificateProblem = (code: string): CertificateProblem | undefined =>
  Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code] : undefined;
