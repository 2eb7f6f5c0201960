import type { Env } from './env.js';
import { invalid, type Parsed, valid } from './problems.js';

/** One of some words, in capitals or not. */
export function oneOf<const T extends string>(
  env: Env,
  name: string,
  choices: readonly T[],
  fallback: T,
  reason?: string,
): Parsed<T> {
  const text = (env[name] ?? '').trim() || fallback;
  const choice = choices.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
  if (choice !== undefined) return valid(choice);
  return invalid({
    what: `invalid ${name} ${JSON.stringify(text)}${reason === undefined ? '' : `: ${reason}`}`,
    fix: `Set it to ${choices.join(' or ')}, or remove it.`,
  });
}

const BOOLEANS: Readonly<Record<string, boolean>> = {
  ...{ true: true, yes: true, on: true, '1': true },
  ...{ false: false, no: false, off: false, '0': false },
};

/** As people and programs write them, in capitals or not; blank is the fallback. */
export function parseBoolean(env: Env, name: string, fallback: boolean): Parsed<boolean> {
  const text = (env[name] ?? '').trim().toLowerCase();
  if (text === '') return valid(fallback);
  const value = Object.hasOwn(BOOLEANS, text) ? BOOLEANS[text] : undefined;
  if (value !== undefined) return valid(value);
  return invalid({ what: `${name} is neither true nor false`, fix: 'Write true or false.' });
}
