const MASK = '[redacted]';
const MIN_SECRET_LENGTH = 4;

/** Signed URLs and headers as exchanges write them; the value after the name is a secret or derived from one. */
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

/** A function that masks every known secret, and anything that looks signed, in a text. */
export function createRedaction(secrets: readonly string[]): Redact {
  const mask = createMask(secrets, MIN_SECRET_LENGTH);
  return (text) =>
    mask(text)
      .replace(URL_USER, `$1${MASK}@`)
      .replace(URL_QUERY, `$1?${MASK}`)
      .replace(ORIGIN_STRING, `$1[${MASK}]`)
      .replace(SIGNED, `$1${MASK}`);
}

/** Keys and secrets of exchanges have 16 characters or more; a shorter text could be part of a figure or an id. */
const MIN_MASKED_IN_DATA = 8;

/** A function that masks every known secret in data, and changes nothing else, so that JSON stays valid. */
export function createMask(secrets: readonly string[], minLength = MIN_MASKED_IN_DATA): Redact {
  const forms = secrets.filter((secret) => secret.length >= minLength).flatMap(formsOf);
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((result, form) => result.replaceAll(form, MASK), text);
}

/** Encoded forms shorter than this match by chance. */
const MIN_ENCODED = 8;

/** A secret as it is, and as URLs, JSON, base64 and hexadecimal dumps write it. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const percent = hex.replace(/../g, '%$&');
  const url = encodeURIComponent(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const base64 = [0, 1, 2].map((offset) => base64Within(bytes, offset));
  const encoded = [
    ...[hex, hex.toUpperCase(), percent, percent.toUpperCase()],
    ...[url, url.replace(/%../g, (code) => code.toLowerCase()), url.replaceAll('%20', '+')],
    ...[json, json.replaceAll('/', '\\/')],
    ...base64.flatMap((text) => [text, text.replaceAll('/', '\\/'), urlSafe(text), encodeURIComponent(text)]),
  ];
  return [secret, ...encoded.filter(({ length }) => length >= MIN_ENCODED)];
}

/** The part of a base64 text that depends on the secret alone, if it begins `offset` bytes into a group of three. */
function base64Within(secret: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), secret]).toString('base64');
  const wholeCharacters = Math.floor(((secret.length + offset) * 8) / 6);
  return text.slice(Math.ceil((offset * 8) / 6), wholeCharacters);
}

const urlSafe = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_');
