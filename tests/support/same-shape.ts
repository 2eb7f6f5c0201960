/** What was seen at one path of a body, over all array elements. */
interface Place {
  readonly parent: string;
  readonly kinds: Set<string>;
  times: number;
  /** How many of them have named members. */
  holders: number;
}

const ROOT = '$';
const BLANK = 'empty string';

/**
 * Where a simulated body has another shape than a real one: one line a path, for names at every level and
 * JSON types, with numbers and times in strings. A name that only some elements of a real array have is optional. `allowed` lists paths (such as
 * `$.rows[].info`) that may differ, with all beneath them.
 */
export function differencesOfShape(
  real: unknown,
  simulated: unknown,
  allowed: readonly string[] = [],
): string[] {
  const [expected, found] = [placesOf(real), placesOf(simulated)];
  const differences = [...unknownOrOther(expected, found), ...missing(expected, found)];
  return differences
    .filter(({ path }) => !allowed.some((prefix) => isWithin(path, prefix)))
    .map(({ path, told }) => `${path}: ${told}`);
}

interface Difference {
  readonly path: string;
  readonly told: string;
}

type Places = ReadonlyMap<string, Place>;

function placesOf(body: unknown): Places {
  const places = new Map<string, Place>();
  const visit = (value: unknown, path: string, parent: string) => {
    const place = places.get(path) ?? { parent, kinds: new Set<string>(), times: 0, holders: 0 };
    places.set(path, place);
    place.kinds.add(kindOf(value));
    place.times += 1;
    if (Array.isArray(value) && !isTuple(value)) {
      for (const element of value) visit(element, `${path}[]`, path);
    } else if (typeof value === 'object' && value !== null) {
      place.holders += 1;
      for (const [name, member] of Object.entries(value)) visit(member, `${path}.${name}`, path);
    }
  };
  visit(body, ROOT, '');
  return places;
}

/** Texts are told apart by what they hold; an empty one stands for any. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value !== 'string') return typeof value;
  if (value === '') return BLANK;
  if (/^-?\d+(\.\d+)?$/.test(value)) return 'number in a string';
  return /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/.test(value) ? 'time in a string' : 'string';
}

const TEXT = /string$/;

const fits = (kind: string, known: ReadonlySet<string>): boolean =>
  known.has(kind) ||
  (kind === BLANK && [...known].some((other) => TEXT.test(other))) ||
  (TEXT.test(kind) && known.has(BLANK));

/** Scalars of several types: each has its own meaning by its position, as in a candle. */
function isTuple(values: readonly unknown[]): boolean {
  const types = new Set(values.map((value) => (value === null ? 'null' : typeof value)));
  return types.size > 1 && !types.has('object');
}

function unknownOrOther(expected: Places, found: Places): Difference[] {
  return [...found].flatMap(([path, { parent, kinds }]) => {
    const known = expected.get(path);
    if (!known) return expected.has(parent) ? [{ path, told: 'unknown to the exchange' }] : [];
    const strange = [...kinds].filter((kind) => !fits(kind, known.kinds));
    const told = `${strange.join(' and ')}, on the exchange ${[...known.kinds].join(' or ')}`;
    return strange.length > 0 ? [{ path, told }] : [];
  });
}

function missing(expected: Places, found: Places): Difference[] {
  return [...expected].flatMap(([path, { parent, times }]) => {
    const holder = found.get(parent);
    if (!holder) return [];
    const given = found.get(path)?.times ?? 0;
    if (path.endsWith('[]')) return given > 0 ? [] : [{ path, told: 'empty, so that nothing was compared' }];
    const required = times === expected.get(parent)?.holders;
    return required && given < holder.holders ? [{ path, told: 'missing' }] : [];
  });
}

const isWithin = (path: string, prefix: string): boolean =>
  path === prefix || path.startsWith(`${prefix}.`) || path.startsWith(`${prefix}[`);
