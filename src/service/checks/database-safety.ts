import { stat, statfs } from 'node:fs/promises';
import type { CheckResult } from '../../models/check.js';
import { isThisMachine, type ServerSettings } from '../../models/settings.js';
import { result } from './check.js';

const MIB = 1024 * 1024;
const LITTLE_DISK_MIB = 500;
const NO_DISK_MIB = 50;

/** Whether what goes to the server can be read or answered by somebody else; it was reached by these settings. */
export function tlsResult({ host, tls }: ServerSettings): CheckResult {
  switch (tls.mode) {
    case 'verify':
      return result('tls', 'ok', `the connection is encrypted and the certificate of ${host} is verified`);
    case 'unverified':
      return result(
        'tls',
        'warning',
        "the connection is encrypted but the server's identity is not verified",
        {
          remedy:
            'Set PGSSLMODE=verify-full, and PGSSLROOTCERT if the certificate is not from a public authority.',
        },
      );
    case 'preferred':
      return result(
        'tls',
        'warning',
        `the connection to ${host} is encrypted only if the server offers TLS, and is not verified`,
        {
          remedy:
            'Use sslmode=verify-full, with sslrootcert if the certificate is not from a public authority.',
        },
      );
    case 'off':
      return isThisMachine(host)
        ? result('tls', 'ok', 'the database is on this machine: nothing to encrypt')
        : result('tls', 'warning', `the connection to ${host} is not encrypted`, {
            remedy: 'Turn on TLS at the server, and remove sslmode=disable.',
          });
  }
}

/** Room for the embedded database, and that no other user can read it. */
export async function diskResult(directory: string): Promise<CheckResult> {
  const { bavail, bsize } = await statfs(directory);
  const free = Math.floor((bavail * bsize) / MIB);
  const more = { performance: { free: `${free}MB;${LITTLE_DISK_MIB}:;${NO_DISK_MIB}:` } };
  if (((await stat(directory)).mode & 0o077) !== 0) {
    const remedy = `chmod 700 ${directory}`;
    return result('disk', 'warning', `${directory} can be read by other users`, { ...more, remedy });
  }
  const message = `${free.toLocaleString('en-US')} MB are free for the embedded database`;
  if (free >= LITTLE_DISK_MIB) return result('disk', 'ok', message, more);
  const remedy = 'Free disk space, or move it with EXCHANGE_SYNC_DATA_DIR.';
  return result('disk', free >= NO_DISK_MIB ? 'warning' : 'critical', message, { ...more, remedy });
}
