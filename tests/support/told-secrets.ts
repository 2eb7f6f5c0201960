/** Shorter ones, and the default password, are words that a message needs. */
const SHORTEST = 8;
const DEFAULT_PASSWORD = 'postgres';
const SECRET = /_API_(KEY|SECRET|PASSWORD)$|^DB_PASS$/;

/** Of an address the rest may be said. */
const PARTS: Readonly<Record<string, (url: URL) => readonly string[]>> = {
  DATABASE_URL: ({ password }) => [password],
  EXCHANGE_SYNC_PING_URL: ({ pathname }) => pathname.split('/').slice(2),
};

/** What a run was given that nobody else may see, by the names of the variables. */
export const secretsOf = (env: Readonly<Record<string, string>>): [name: string, secret: string][] =>
  Object.entries(env).flatMap(([name, value]) =>
    secretParts(name, value)
      .filter(isWatched)
      .map((secret): [string, string] => [name, secret]),
  );

/** The variables of a run whose secrets are in what it said: none ever may be. */
export const toldSecrets = (env: Readonly<Record<string, string>>, text: string): string[] =>
  secretsOf(env)
    .filter(([, secret]) => text.includes(secret))
    .map(([name]) => name);

function secretParts(name: string, value: string): readonly string[] {
  if (SECRET.test(name)) return [value];
  return URL.canParse(value) ? (PARTS[name]?.(new URL(value)) ?? []) : [];
}

const isWatched = (value: string): boolean => value.length >= SHORTEST && value !== DEFAULT_PASSWORD;
