import fc from 'fast-check';

/** A way into a tree of JSON. */
export type Way = readonly (string | number)[];

/** Values that no exchange should send, as they stand on the wire. */
const ODD_NUMBERS = [
  ...['NaN', 'Infinity', '-Infinity', '-0', '-1', '0', '1e400', '1e-400', '1e9999', '-1e9999', '1e-9999'],
  ...['1e99999', '0.1e', '00', '+1', '.5', '5.', '0x10', '9007199254740993', '1e21', '4294967296', '1,5'],
  ...['1', '9', '0.'].map((digit) => digit + '0123456789'.repeat(200)),
  '999999999999999',
  '253402300800000',
];

const ODD_TEXTS = [
  ...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'prototype', 'valueOf', 'then', 'length'],
  ...['\u0000', 'A\u0000B', '\u001b[2J\u001b[31m', '\u202eCTB', '\u2066', '\ufeff', '\ud800', 'x\udfff'],
  ...['Ω', '比特币', 'بيتكوين', '👩‍👩‍👧', 'é', 'K\u0301', '', ' ', '\n', '\r\n', '\t'],
  ...["'; drop table portfolio_items; --", '../../etc/passwd', '=cmd|calc', '@SUM(1)', '${1}', '`id`', '%00'],
  ...['<script>alert(1)</script>', '"><img src=x>', '2024-99-99 99:99:99', 'ECONNRESET', 'x'.repeat(5000)],
];

const token = (value: unknown): string => JSON.stringify(value);
/** As on the wire, where a half of a surrogate pair is an escape. */
const nested = (levels: number, open: string, close: string): string =>
  open.repeat(levels) + '1' + close.repeat(levels);

/** What stands in the place of a value, on the wire. */
const ODD_TOKENS: readonly string[] = [
  ...ODD_NUMBERS,
  ...ODD_NUMBERS.map(token),
  ...ODD_TEXTS.map(token),
  ...[
    'null',
    'true',
    'false',
    '[]',
    '{}',
    '[[]]',
    '[null]',
    '{"__proto__":{"polluted":"1"}}',
    '{"toJSON":1}',
  ],
  ...[nested(40, '[', ']'), nested(10_000, '[', ']'), nested(10_000, '{"a":', '}')],
];

/** Written in the place of what is changed, until the token takes it. */
const MARK = '\ue000';

/** Every way that there is in a tree, its root first. */
export function waysIn(tree: unknown, way: Way = []): Way[] {
  const entries =
    typeof tree === 'object' && tree !== null
      ? Object.entries(tree).map(([key, child]) => [Array.isArray(tree) ? Number(key) : key, child] as const)
      : [];
  return [way, ...entries.flatMap(([key, child]) => waysIn(child, [...way, key]))];
}

/** The tree with what `change` makes of the value there; undefined takes it out. */
export function changed(tree: unknown, [key, ...rest]: Way, change: (value: unknown) => unknown): unknown {
  if (key === undefined) return change(tree);
  if (Array.isArray(tree)) {
    return tree.flatMap((child: unknown, at) => {
      if (at !== key) return [child];
      const now = changed(child, rest, change);
      return now === undefined ? [] : [now];
    });
  }
  return Object.fromEntries(
    Object.entries(tree as object).map(([name, child]) => [
      name,
      name === key ? changed(child, rest, change) : (child as unknown),
    ]),
  );
}

export interface Mutation {
  readonly way: Way;
  readonly text: string;
}

/** One place of an answer changed by its grammar: another value, none, one more key, or the key twice. */
export function mutationOf(tree: unknown): fc.Arbitrary<Mutation> {
  const ways = waysIn(tree);
  const place = fc.constantFrom(...ways);
  const odd = fc.constantFrom(...ODD_TOKENS);
  const name = fc.constantFrom(...ODD_TEXTS);
  const written = (
    way: Way,
    change: (value: unknown) => unknown,
    put: (text: string) => string,
  ): Mutation => ({
    way,
    text: put(JSON.stringify(changed(tree, way, change) ?? '')),
  });
  const instead = fc.tuple(place, odd).map(([way, value]) =>
    written(
      way,
      () => MARK,
      (text) => text.replace(`"${MARK}"`, () => value),
    ),
  );
  const gone = place.map((way) =>
    written(
      way,
      () => undefined,
      (text) => text,
    ),
  );
  const more = fc.tuple(place, name, odd).map(([way, key, value]) =>
    written(
      way,
      (old) => (typeof old === 'object' && old !== null && !Array.isArray(old) ? { ...old, [MARK]: 0 } : old),
      (text) => text.replace(`"${MARK}":0`, () => `${token(key)}:${value}`),
    ),
  );
  const twice = fc.tuple(place, odd).map(([way, value]) => {
    let old: unknown;
    const again = typeof way.at(-1) === 'string' ? `${token(way.at(-1))}:` : '';
    return written(
      way,
      (value) => ((old = value), MARK),
      (text) => text.replace(`"${MARK}"`, () => `${token(old)},${again}${value}`),
    );
  });
  const wrapped = place.map((way) =>
    written(
      way,
      (old) => [old],
      (text) => text,
    ),
  );
  return fc.oneof({ weight: 6, arbitrary: instead }, gone, more, twice, wrapped);
}

/** Bytes changed, taken out and put in anywhere. */
export const garbled = (text: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.record({
        at: fc.nat(Math.max(0, text.length - 1)),
        gone: fc.nat(3),
        put: fc.oneof(
          fc.string({ unit: 'binary', maxLength: 3 }),
          fc.constantFrom('"', '\\', '{', ']', '\0', '1'),
          // With these it often stays JSON, and says something else.
          fc.constantFrom('-', '.', 'e9', '9'.repeat(30), 'x', ' ', '\\u0000', '\\ud800'),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((edits) =>
      edits.reduce((now, { at, gone, put }) => now.slice(0, at) + put + now.slice(at + gone), text),
    )
    // As UTF-8 it arrives: half a surrogate pair is none.
    .map((bytes) => Buffer.from(bytes).toString());
