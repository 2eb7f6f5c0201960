import { invalid, type Parsed, valid } from './problems.js';
import type { Env } from './read-env.js';

/** Node takes any certificate from anybody where this is 0: left over from somebody's test, it gives keys away. */
const VERIFICATION = 'NODE_TLS_REJECT_UNAUTHORIZED';
const OFF = '0';

const PROXIES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
/** By it Node 24 and later goes over the proxies by itself. */
const PROXIES_WANTED = 'NODE_USE_ENV_PROXY';

export function parseNetwork(env: Env): Parsed<undefined> {
  if (env[VERIFICATION] !== OFF) return valid(undefined);
  return invalid({
    what: `${VERIFICATION}=${OFF} turns off the verification of certificates, so that keys would go to whoever answers`,
    fix: 'Remove it. For an authority of your own: NODE_EXTRA_CA_CERTS=/path/to/it.pem',
  });
}

/** Verification stays on whatever comes of the run: the monitor hears of it too, and a check goes on. */
export const keepVerification = (environment: NodeJS.ProcessEnv): void => {
  // Node looks it up at every connection.
  if (environment[VERIFICATION] === OFF) environment[VERIFICATION] = '1';
};

/** Proxies that other programs would go over and this one does not. */
export const unusedProxies = (env: Env): readonly string[] =>
  env[PROXIES_WANTED] === '1' ? [] : PROXIES.filter((name) => env[name]);
