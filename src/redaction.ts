const MASK = '[redacted]';
const SHORTEST_SECRET = 4;

/** Signed URLs and headers as exchanges write them; whatever follows the name is a secret or its shadow. */
const SIGNED =
  /((?:x-bapi-(?:sign|api-key)|x-mbx-apikey|api[-_]?key|api[-_]?secret|signature|sign|secret|passphrase|password|token)["']?\s*[=:]\s*["']?)[^\s"'&,;})\]]+/gi;
const URL_QUERY = /(https?:\/\/[^\s"'?#]+)\?[^\s"']*/gi;
/**
 * Up to the last `@` in what could be an address: an unencoded sign in a password would otherwise end it.
 * The example in our own messages stays.
 */
const URL_USER = /(\w:\/\/)(?!USER:PASSWORD@HOST)[^\s"'<>]*@/g;
const ORIGIN_STRING = /(origin_string)\[[^\]]*\]/gi;

export type Redact = (text: string) => string;

/** A function that takes every known secret, and anything that looks signed, out of a text. */
export function createRedaction(secrets: readonly string[]): Redact {
  const forms = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) =>
    longestFirst
      .reduce((result, secret) => result.replaceAll(secret, MASK), text)
      .replace(URL_USER, `$1${MASK}@`)
      .replace(URL_QUERY, `$1?${MASK}`)
      .replace(ORIGIN_STRING, `$1[${MASK}]`)
      .replace(SIGNED, `$1${MASK}`);
}
