import { isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect, type ConnectionOptions } from 'node:tls';
import type { ServerSettings } from '../models/settings.js';

/** TLS over a connection whose server has agreed to it; the handshake is under way. */
export const secured = (socket: Socket, settings: ServerSettings): Socket =>
  connect({ socket, ...tlsOptions(settings) });

/** Chain and name are verified; an address is checked as itself, not as the name `localhost`. */
function tlsOptions({ tls, host }: ServerSettings): ConnectionOptions {
  const name = isIP(host) ? {} : { servername: host };
  if (tls.mode !== 'verify') return { ...name, rejectUnauthorized: false };
  return {
    ...name,
    rejectUnauthorized: true,
    ...(tls.rootCertificate === undefined ? {} : { ca: tls.rootCertificate }),
    checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
  };
}
