import { X509Certificate } from 'node:crypto';
import { isSocketFolder, isThisMachine, type TlsSettings } from '../models/settings.js';
import { invalid, type Parsed, valid } from './problems.js';
import { readSettingsFile } from './settings-file.js';

/** Some authorities ship hundreds of certificates in one file. */
const MAX_CERTIFICATE_BYTES = 4 * 1024 * 1024;

export interface TlsRequest {
  readonly host: string;
  readonly mode: string | undefined;
  readonly rootCertificate: string | undefined;
  /** False for what comes out of a URL: behind an unencoded sign it may be part of a password. */
  readonly isPrintable: boolean;
}

/**
 * libpq's modes, except that a connection that leaves this machine is verified unless the user chooses
 * otherwise: libpq's `require` accepts any server. Like libpq, a Unix socket never uses TLS.
 */
export function parseTls({ host, mode, rootCertificate, isPrintable }: TlsRequest): Parsed<TlsSettings> {
  if (isSocketFolder(host)) return valid({ mode: 'off' });
  switch (mode || (rootCertificate || !isThisMachine(host) ? 'verify-full' : 'disable')) {
    case 'disable':
      return valid({ mode: 'off' });
    case 'prefer':
    case 'allow':
      return rootCertificate ? verified(rootCertificate, isPrintable) : valid({ mode: 'preferred' });
    case 'no-verify':
    case 'require':
      return rootCertificate ? verified(rootCertificate, isPrintable) : valid({ mode: 'unverified' });
    case 'verify-ca':
    case 'verify-full':
      return verified(rootCertificate, isPrintable);
    default:
      return invalid({
        what: isPrintable
          ? `PGSSLMODE is ${JSON.stringify(mode)}, which is not known`
          : 'the sslmode in DATABASE_URL is not known',
        fix: 'Use verify-full (the default for hosts other than this machine), require, prefer or disable.',
      });
  }
}

function verified(path: string | undefined, isPrintable: boolean): Parsed<TlsSettings> {
  if (!path || path === 'system') return valid({ mode: 'verify', rootCertificate: undefined });
  const which = isPrintable ? `the root certificate ${path}` : 'the root certificate in DATABASE_URL';
  const read = readSettingsFile(path, MAX_CERTIFICATE_BYTES);
  if (!read.ok) {
    return invalid({
      what: `${which} cannot be read${isPrintable ? `: ${read.why}` : ''}`,
      fix: 'Point sslrootcert or PGSSLROOTCERT at a readable PEM file that belongs to this user or root and that only they can change.',
    });
  }
  try {
    const rootCertificate = read.bytes.toString('utf8');
    // Node accepts a file without a certificate silently, and then trusts no server.
    new X509Certificate(rootCertificate);
    return valid({ mode: 'verify', rootCertificate });
  } catch {
    return invalid({
      what: `${which} is not a certificate`,
      fix: 'Point sslrootcert or PGSSLROOTCERT at a readable PEM file.',
    });
  }
}
