/** Shorter ones, and the default password, are words that a message needs. */
const SHORTEST = 8;
const DEFAULT_PASSWORD = 'postgres';
const SECRET = /_API_(KEY|SECRET|PASSWORD)$|^DB_PASS$/;

/** The variables of a run whose secrets are in what it said: none ever may be. */
export const toldSecrets = (env: Readonly<Record<string, string>>, text: string): string[] =>
  Object.entries(env)
    .map(([name, value]): [string, string] => [name, name === 'DATABASE_URL' ? passwordOf(value) : value])
    .filter(([name, value]) => (SECRET.test(name) || name === 'DATABASE_URL') && isWatched(value))
    .filter(([, value]) => text.includes(value))
    .map(([name]) => name);

const isWatched = (value: string): boolean => value.length >= SHORTEST && value !== DEFAULT_PASSWORD;

const passwordOf = (url: string): string => (URL.canParse(url) ? new URL(url).password : '');
