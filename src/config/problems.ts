import { ExpectedError } from '../errors.js';

/** One error in the configuration, and its fix. */
export interface Problem {
  readonly what: string;
  readonly fix: string;
}

export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

export const valid = <T>(value: T): Parsed<T> => ({ ok: true, value });
export const invalid = (...problems: Problem[]): Parsed<never> => ({ ok: false, problems });

type Values<T extends readonly Parsed<unknown>[]> = {
  [K in keyof T]: T[K] extends Parsed<infer V> ? V : never;
};

/** All values, or every problem of all of them together; what two settings suffer from is one problem. */
export function all<T extends readonly Parsed<unknown>[]>(...parts: T): Parsed<Values<T>> {
  const problems = parts.flatMap((part) => (part.ok ? [] : part.problems));
  if (problems.length > 0) return { ok: false, problems: distinct(problems) };
  return valid(parts.map((part) => (part.ok ? part.value : undefined)) as Values<T>);
}

const distinct = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((problem) => [problem.what, problem])).values(),
];

/** The value, or one 'config' error that lists every problem with its fix. */
export function orThrow<T>(parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value;
  const [first, ...more] = parsed.problems;
  if (first && more.length === 0) throw new ExpectedError('config', first.what, { fix: first.fix });
  const list = parsed.problems
    .map(({ what, fix }) => `\n  - ${what}\n${fix.replaceAll(/^/gm, '    ')}`)
    .join('');
  throw new ExpectedError('config', `${parsed.problems.length} settings need attention:${list}`);
}
