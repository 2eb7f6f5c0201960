import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SimulatedAccount } from '../account.js';
import type { World } from '../world.js';
import { legal, mandatory, whole } from './parameters.js';
import { rightsOf } from './rights.js';
import { BinanceError, type Params, type WireRequest } from './wire.js';

const LATEST_AHEAD_MS = 1_000;
const USUAL_WINDOW_MS = 5_000;
const LARGEST_WINDOW_MS = 60_000;
const SIGNATURE = /^[A-Fa-f0-9]{64}$/;

/** Key, time, signature, address and permission, with Binance's own words. */
export function authenticate(world: World, request: WireRequest, params: Params): SimulatedAccount {
  const apiKey = String(request.headers['x-mbx-apikey'] ?? '');
  // A real key has 64 characters; the accounts of a simulation may have shorter ones.
  if (!/^[A-Za-z0-9]+$/.test(apiKey)) throw new BinanceError(-2014, 'API-key format invalid.', 401);
  const timestamp = Number(legal('timestamp', mandatory(params, 'timestamp'), /^[0-9]{1,20}$/));
  const signature = legal('signature', mandatory(params, 'signature'), SIGNATURE);
  checkTime(world.now(), timestamp, whole(params, 'recvWindow') ?? USUAL_WINDOW_MS);
  const account = world.accounts.find((candidate) => candidate.apiKey === apiKey);
  if (!account) throw unknownKey(request.path);
  if (!isSigned(account.secret, request, signature))
    throw new BinanceError(-1022, 'Signature for this request is not valid.');
  const listed = account.ips.includes('*') || account.ips.includes('127.0.0.1');
  const isRefused = account.expired || !listed || account.refused.has(request.path);
  if (isRefused || !rightsOf(account).enableReading) throw notPermitted();
  return account;
}

function checkTime(now: number, timestamp: number, window: number): void {
  if (window > LARGEST_WINDOW_MS)
    throw new BinanceError(-1131, `recvWindow must be less than ${LARGEST_WINDOW_MS}`);
  if (timestamp >= now + LATEST_AHEAD_MS)
    throw new BinanceError(
      -1021,
      `Timestamp for this request was ${LATEST_AHEAD_MS}ms ahead of the server's time.`,
    );
  if (now - timestamp > window)
    throw new BinanceError(-1021, 'Timestamp for this request is outside of the recvWindow.');
}

/** /sapi has another code for a key that it does not know. */
const unknownKey = (path: string): BinanceError =>
  path.startsWith('/sapi/') ? new BinanceError(-2008, 'Invalid Api-Key ID.') : notPermitted();

const notPermitted = (): BinanceError =>
  new BinanceError(-2015, 'Invalid API-key, IP, or permissions for action.', 401);

/** Over query and body as they were sent, one after the other, without the signature. */
function isSigned(secret: string, { query, body }: WireRequest, signature: string): boolean {
  const payload = withoutSignature(query) + withoutSignature(body);
  const expected = createHmac('sha256', secret).update(payload).digest();
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}

const withoutSignature = (text: string): string =>
  text
    .split('&')
    .filter((part) => !part.startsWith('signature='))
    .join('&');
