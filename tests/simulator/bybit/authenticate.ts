import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SimulatedAccount } from '../account.js';
import type { World } from '../world.js';
import { BybitError, type WireRequest } from './dialect.js';

/** Permission that a path asks for; paths that are not here take any key. */
const PERMISSION: Readonly<Record<string, string>> = {
  '/v5/execution/list': 'Spot',
  '/v5/account/wallet-balance': 'Spot',
  '/v5/asset/transfer/query-account-coins-balance': 'Wallet',
  '/v5/asset/deposit/query-record': 'Wallet',
  '/v5/asset/withdraw/query-record': 'Wallet',
  '/v5/asset/deposit/query-internal-record': 'Wallet',
  '/v5/asset/exchange/query-convert-history': 'Exchange',
  '/v5/asset/covert/small-balance-history': 'Exchange',
};

/** The master account's keys alone can read them. */
const WITHDRAWALS = '/v5/asset/withdraw/query-record';

const LATEST_AHEAD_MS = 1_000;

/** Key, time, signature, address and permission, with Bybit's own words. */
export function authenticate(world: World, request: WireRequest): SimulatedAccount {
  const header = (name: string) => String(request.headers[name] ?? '');
  const apiKey = header('x-bapi-api-key');
  const timestamp = header('x-bapi-timestamp');
  const sign = header('x-bapi-sign');
  const window = header('x-bapi-recv-window') || '5000';
  if (!apiKey || !timestamp || !sign) {
    const told = `apiTimestamp[${timestamp}] apiKey[${apiKey}] apiSignature[${sign}]`;
    throw new BybitError(10001, `empty value: ${told}: openapi sign params error!`, null);
  }
  const account = world.accounts.find((candidate) => candidate.apiKey === apiKey);
  if (!account) throw new BybitError(10003, 'API key is invalid.');
  if (account.expired) throw new BybitError(33004, 'Your api key has expired.');
  checkTime(world.now(), timestamp, window);
  checkSignature(account, `${timestamp}${apiKey}${window}${request.query}`, sign);
  checkRights(account, request.path);
  return account;
}

function checkTime(now: number, timestamp: string, window: string): void {
  const sent = Number(timestamp);
  if (now - Number(window) <= sent && sent < now + LATEST_AHEAD_MS) return;
  throw new BybitError(
    10002,
    'invalid request, please check your server timestamp or recv_window param. ' +
      `req_timestamp[${timestamp}],server_timestamp[${now}],recv_window[${window}]`,
  );
}

function checkSignature(account: SimulatedAccount, origin: string, sign: string): void {
  const expected = createHmac('sha256', account.secret).update(origin).digest('hex');
  const [given, wanted] = [Buffer.from(sign), Buffer.from(expected)];
  if (given.length === wanted.length && timingSafeEqual(given, wanted)) return;
  throw new BybitError(
    10004,
    `Error sign, please check your signature generation algorithm: origin_string[${origin}]`,
  );
}

function checkRights(account: SimulatedAccount, path: string): void {
  if (!account.ips.includes('*') && !account.ips.includes('127.0.0.1')) {
    throw new BybitError(10010, "Unmatched IP, please check your API key's bound IP addresses.");
  }
  const permission = PERMISSION[path];
  const lacks = permission !== undefined && !(account.permissions[permission] ?? []).length;
  const isMasterOnly = account.parent !== undefined && path === WITHDRAWALS;
  if (lacks || isMasterOnly || account.refused.has(path)) {
    throw new BybitError(10005, 'Permission denied, please check your API key permissions.');
  }
}
