import { invalid, type Parsed, valid } from './problems.js';
import type { Env } from './env.js';
import { readSecret } from './secrets.js';

/** Optional run notifications. */
export interface MonitoringSettings {
  readonly metricsFile: string | undefined;
  readonly pingUrl: URL | undefined;
}

export const PING_URL = 'EXCHANGE_SYNC_PING_URL';
/** Words of a path are no secrets; a UUID, a ping key and a push token are longer. */
const MIN_TOKEN_LENGTH = 10;

/** The URL is never part of a message, because knowing it is enough to ping. */
export function parseMonitoring(env: Env): Parsed<MonitoringSettings> {
  const text = readSecret(env, PING_URL);
  if (!text.ok) return text;
  const pingUrl = parsePingUrl(text.value);
  if (!pingUrl.ok) return pingUrl;
  return valid({ metricsFile: env['EXCHANGE_SYNC_METRICS_FILE'] || undefined, pingUrl: pingUrl.value });
}

/** The secret parts of the ping URL. */
export function pingSecrets(text: string): readonly string[] {
  if (!URL.canParse(text)) return [text];
  const { pathname, search } = new URL(text);
  const tokens = pathname.split('/').filter((part) => part.length >= MIN_TOKEN_LENGTH);
  return [text, `${pathname}${search}`, ...tokens].filter((part) => part.length >= MIN_TOKEN_LENGTH);
}

function parsePingUrl(text: string | undefined): Parsed<URL | undefined> {
  if (!text) return valid(undefined);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) return valid(url);
  return invalid({
    what: `${PING_URL} is not a valid URL`,
    fix: 'Copy the ping URL of the check, such as https://hc-ping.com/UUID, without user and password.',
  });
}
