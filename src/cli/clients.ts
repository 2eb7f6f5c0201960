import { createExchangeClient } from '../client/create-client.js';
import type { ClientFactory } from '../client/exchange-client.js';
import { proxyAdvice } from '../config/network-settings.js';
import type { Environment } from '../config/read-env.js';
import { processEnvironment } from './context.js';

/** Clients that know what this machine's settings say of its network. */
export function clientFactory({ env }: Environment): ClientFactory {
  const networkAdvice = proxyAdvice(env, processEnvironment, process.versions.node);
  return (account, context) => createExchangeClient(account, { ...context, networkAdvice });
}
