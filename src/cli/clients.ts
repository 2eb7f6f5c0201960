import { createExchangeClient } from '../client/create-client.js';
import type { ClientFactory } from '../client/exchange-client.js';
import type { Buckets } from '../client/rate-limits.js';
import { hostOf } from '../models/account.js';
import { proxyAdvice } from '../config/network-settings.js';
import type { Environment } from '../config/read-env.js';
import { processEnvironment } from './context.js';

/** Clients that know this machine's network settings, and share the rate limits of a host. */
export function clientFactory({ env }: Environment): ClientFactory {
  const networkAdvice = proxyAdvice(env, processEnvironment, process.versions.node);
  const buckets = new Map<string, Buckets>();
  return (account, context) => {
    const host = hostOf(account);
    const shared = buckets.get(host) ?? (new Map() as Buckets);
    buckets.set(host, shared);
    return createExchangeClient(account, { ...context, networkAdvice, buckets: shared });
  };
}
