import { invalid, type Parsed, valid } from './problems.js';
import type { Env } from './env.js';

/** Node takes any certificate from anybody where this is 0: left over from somebody's test, it gives keys away. */
const VERIFICATION = 'NODE_TLS_REJECT_UNAUTHORIZED';
const OFF = '0';

/** What Node can go over, and what no program of it does. */
const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];
const OTHER_PROXIES = ['ALL_PROXY', 'all_proxy'];
/** By either Node goes over the proxies by itself, where it is as new as this. */
const PROXIES_WANTED = { name: 'NODE_USE_ENV_PROXY', option: '--use-env-proxy', on: '1' };
const TAKES_PROXIES = { major: 24, before: { major: 22, minor: 21 } };

export function parseNetwork(env: Env): Parsed<undefined> {
  if (env[VERIFICATION] !== OFF) return valid(undefined);
  return invalid({
    what: `${VERIFICATION}=${OFF} turns off the verification of certificates, so keys could be sent to an impostor`,
    fix: 'Remove it. For a private certificate authority: NODE_EXTRA_CA_CERTS=/path/to/it.pem',
  });
}

/** Verification stays on for the rest of the process: the ping is still sent, and a check continues. */
export const keepVerification = (environment: NodeJS.ProcessEnv): void => {
  // Node looks it up at every connection.
  if (environment[VERIFICATION] === OFF) environment[VERIFICATION] = '1';
};

/** The proxies that are set, by whether requests go over them. */
export interface Proxies {
  readonly used: readonly string[];
  readonly unused: readonly string[];
}

/** Node uses a proxy only if it is enabled explicitly. */
export function proxiesIn(env: Env, nodeVersion: string): Proxies {
  const given = PROXIES.filter((name) => env[name]);
  const others = OTHER_PROXIES.filter((name) => env[name]);
  const isUsed = isWanted(env) && takesProxies(nodeVersion);
  return isUsed ? { used: given, unused: others } : { used: [], unused: [...given, ...others] };
}

/**
 * What to do about proxies that are set and not used, if an exchange cannot be reached; undefined: there are
 * none. Node reads the real environment only, when it starts: a settings file comes too late.
 */
export function proxyAdvice(env: Env, realEnv: Env, nodeVersion: string): string | undefined {
  const { used } = proxiesIn(realEnv, nodeVersion);
  const unused = [...PROXIES, ...OTHER_PROXIES].filter((name) => env[name] && !used.includes(name));
  if (unused.length === 0 || used.length > 0) return undefined;
  const isKnown = unused.some((name) => PROXIES.includes(name));
  const setting = `${isKnown ? '' : 'HTTPS_PROXY and '}${PROXIES_WANTED.name}=${PROXIES_WANTED.on}`;
  const set = `set ${setting} in the real environment (crontab, unit, shell), not in .env.`;
  const node = takesProxies(nodeVersion) ? '' : `use Node ${TAKES_PROXIES.major} or later and `;
  return `${unused.join(', ')} is set but not used. If this machine needs a proxy, ${node}${set}`;
}

const isWanted = (env: Env): boolean =>
  env[PROXIES_WANTED.name] === PROXIES_WANTED.on ||
  (env['NODE_OPTIONS'] ?? '').split(/\s+/).includes(PROXIES_WANTED.option);

function takesProxies(nodeVersion: string): boolean {
  const [major = 0, minor = 0] = nodeVersion.split('.').map((part) => Number.parseInt(part, 10));
  const { before } = TAKES_PROXIES;
  return major >= TAKES_PROXIES.major || (major === before.major && minor >= before.minor);
}
