import { connect, type Socket } from 'node:net';
import { isSocketFolder, type ServerSettings } from '../models/settings.js';

/** For TCP and TLS together. */
export const CONNECT_TIMEOUT_MS = 10_000;

export const connectTimeoutOf = ({ session }: ServerSettings): number =>
  session?.connectTimeoutMs ?? CONNECT_TIMEOUT_MS;

/** The protocol's SSLRequest: its length and a number that no version of the protocol has. */
const TLS_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
const TLS_ACCEPTED = 'S';
const TLS_REFUSED = 'N';

/** What no library has a code for. */
export const SOCKET_ERROR = { lost: 'CONNECTION_LOST', noTls: 'TLS_NOT_OFFERED' } as const;

export const socketError = (code: string, message: string): Error =>
  Object.assign(new Error(message), { code });

/**
 * A connection to the server, secured as the settings say and ready for the start-up message. TLS is
 * agreed here because postgres.js begins a handshake with a server that refused one, and waits for
 * ever where it hangs up.
 */
export async function openSocket(settings: ServerSettings): Promise<Socket> {
  const { host, port, tls } = settings;
  const limitMs = connectTimeoutOf(settings);
  // Node's TLS takes as long to load as all else here; a listener has to be there at once later on.
  const secured = tls.mode === 'off' ? undefined : (await import('./tls-socket.js')).secured;
  const plain = connect(isSocketFolder(host) ? { path: `${host}/.s.PGSQL.${port}` } : { host, port });
  let socket: Socket = plain;
  const timer = setTimeout(() => {
    socket.destroy(socketError('ETIMEDOUT', `no response within ${limitMs / 1000} s`));
  }, limitMs);
  try {
    await event(plain, 'connect');
    if (secured && (await isTlsAgreed(plain, tls.mode === 'preferred'))) {
      socket = secured(plain, settings);
      await event(socket, 'secureConnect');
    }
    // It may break before the library listens, which its next use reports: no reason to end the process.
    socket.on('error', () => undefined);
    // postgres.js names the server by these in its messages.
    return Object.assign(socket, { host, port });
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** The first argument of the event; rejects where the socket fails or closes before it. */
function event(socket: Socket, name: 'connect' | 'data' | 'secureConnect'): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const closed = () => {
      reject(socketError(SOCKET_ERROR.lost, 'the server closed the connection'));
    };
    socket.once('error', reject).once('close', closed);
    socket.once(name, (value: unknown) => {
      socket.off('error', reject).off('close', closed);
      resolve(value);
    });
  });
}

/** One byte; anything sent with it was not encrypted and could be forged. */
async function isTlsAgreed(socket: Socket, isOptional: boolean): Promise<boolean> {
  socket.write(TLS_REQUEST);
  const answer = String(await event(socket, 'data'));
  if (answer === TLS_ACCEPTED) return true;
  if (answer !== TLS_REFUSED) throw socketError(SOCKET_ERROR.lost, 'no TLS response from the server');
  if (isOptional) return false;
  throw socketError(SOCKET_ERROR.noTls, 'the server does not support TLS');
}
