import { invalid, type Parsed, valid } from './problems.js';

/** Parameters by libpq's names, percent signs decoded. */
export type Parameters = ReadonlyMap<string, string>;

const URL_START = /^postgres(?:ql)?:\/\//i;
const ANY_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
/** libpq's `keyword = value` pairs; a value in single quotes may hold spaces, and a backslash escapes a character. */
const PAIR = /\s*([a-z_]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)*))(?=\s|$)/gisy;
const CONTROL = /\p{Cc}/u;

/**
 * The parameters of a PostgreSQL URL or of a libpq connection string. What is ambiguous is refused: an
 * unencoded sign in the password would make part of it the host or the database. No problem ever holds any
 * part of the text.
 */
export function parseConnectionString(text: string): Parsed<Parameters> {
  const found = CONTROL.test(text) ? undefined : ANY_SCHEME.test(text) ? fromUrl(text) : fromPairs(text);
  return found ? valid(found) : notAUrl();
}

const notAUrl = (): Parsed<never> =>
  invalid({
    what: 'DATABASE_URL is not a PostgreSQL URL',
    fix: 'Write postgres://USER:PASSWORD@HOST:5432/DATABASE, with the characters / ? # [ ] @ : % of the password percent-encoded (/ as %2F, ? as %3F, # as %23, [ as %5B, @ as %40, % as %25).',
  });

function fromUrl(text: string): Parameters | undefined {
  const [user, rest, ...more] = splitUser(text.replace(URL_START, ''));
  if (!URL_START.test(text) || rest === undefined || more.length > 0 || /[/?#[\]]/.test(user ?? '')) {
    return undefined;
  }
  const [, address = '', database = '', query = ''] =
    /^(\[[^\]/?#]*\](?::[^/?#[\]]*)?|[^/?#[\]]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/.exec(rest) ?? [];
  if (address === '' && rest !== '' && !/^[/?]/.test(rest)) return undefined;
  const [, name = '', , port = ''] = /^(\[.*\]|[^:]*)(:(\d*))?$/.exec(address) ?? [];
  // A port that is not a number is more likely a password before a forgotten host.
  if (name === '' && address !== '') return undefined;
  const [role = '', ...password] = (user ?? '').split(':');
  const parts: [string, string][] = [
    ['user', role],
    ['password', password.join(':')],
    ['host', name.replace(/^\[|\]$/g, '')],
    ['port', port],
    ['dbname', database],
  ];
  const pairs = query.split('&').filter(Boolean).map(splitPair);
  return decoded([...parts.filter(([, value]) => value !== ''), ...pairs]);
}

/** `[undefined, rest]` without a user; more than two parts where the text has more than one `@`. */
const splitUser = (text: string): (string | undefined)[] =>
  text.includes('@') ? text.split('@') : [undefined, text];

function splitPair(pair: string): [string, string] {
  const [name = '', ...value] = pair.split('=');
  return [name, value.join('=')];
}

function decoded(pairs: readonly [string, string][]): Parameters | undefined {
  try {
    const all = pairs.flat().map((part) => decodeURIComponent(part));
    if (all.some((part) => CONTROL.test(part))) return undefined;
    return new Map(all.flatMap((part, at) => (at % 2 === 0 ? [[part, all[at + 1] ?? ''] as const] : [])));
  } catch {
    // A percent sign that encodes no character.
    return undefined;
  }
}

function fromPairs(text: string): Parameters | undefined {
  const matches = [...text.matchAll(PAIR)];
  const length = matches.reduce((sum, [whole]) => sum + whole.length, 0);
  if (matches.length === 0 || text.slice(length).trim() !== '') return undefined;
  return new Map(
    matches.map(([, name = '', quoted, plain = '']) => [
      name.toLowerCase(),
      (quoted ?? plain).replaceAll(/\\(.)/gs, '$1'),
    ]),
  );
}

/** All that could be a password in such a text, as it is written and as it is meant, whether the text is valid or not. */
export function passwordsIn(text: string): readonly string[] {
  const parsed = parseConnectionString(text);
  const [, user = ''] = /:\/\/(.*)@/s.exec(text) ?? [];
  const [, afterColon = ''] = /:(.*)/s.exec(user) ?? [];
  const written = [...text.matchAll(/password\s*=\s*('(?:[^'\\]|\\.)*'|[^&\s]*)/gis)].map(
    ([, value = '']) => value,
  );
  const unquoted = written.map((value) => value.replace(/^'(.*)'$/s, '$1'));
  const meant = parsed.ok ? [parsed.value.get('password'), parsed.value.get('sslpassword')] : [user];
  // The whole too: it may be the password itself, put into the wrong variable.
  const found = [text, afterColon, ...written, ...unquoted, ...meant];
  return found.flatMap((value) => (value ? [value, decodedOr(value)] : []));
}

function decodedOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
