import { expect, test } from '@jest/globals';
import { differencesOfShape } from './same-shape.js';

test.each<[string, unknown, unknown, string[]]>([
  ['the same names and types are no difference', { a: '1', b: [{ c: 1 }] }, { b: [{ c: 2 }], a: '' }, []],
  ['a missing name', { a: 1, b: { c: 1 } }, { a: 1, b: {} }, ['$.b.c: missing']],
  [
    'a name that the exchange does not send',
    { a: 1 },
    { a: 1, z: { y: 1 } },
    ['$.z: unknown to the exchange'],
  ],
  ['another type', { a: 1 }, { a: '1' }, ['$.a: number in a string, on the exchange number']],
  ['null is a type of its own', { a: 'x' }, { a: null }, ['$.a: null, on the exchange string']],
  ['a word for a number', ['1.5', '2'], ['x'], ['$[]: string, on the exchange number in a string']],
  [
    'a time for a word',
    { a: 'x' },
    { a: '2024-05-05 15:38:56' },
    ['$.a: time in a string, on the exchange string'],
  ],
  [
    'a number for a number in a string',
    { a: '1' },
    { a: 1 },
    ['$.a: number, on the exchange number in a string'],
  ],
  ['words and numbers in strings are one list', ['x', '1'], ['2', '3', 'y'], []],
  ['an empty text stands for any', { a: '', b: '1', c: 'x' }, { a: '2', b: '', c: '' }, []],
  ['an empty text is no number', { a: 1 }, { a: '' }, ['$.a: empty string, on the exchange number']],
  ['one element without a name', [{ a: 1 }], [{ a: 1 }, {}], ['$[].a: missing']],
  ['a name of some elements only is optional', [{ a: 1, b: 1 }, { a: 1 }], [{ a: 1 }], []],
  ['a type of some elements', [{ a: 1 }, { a: null }], [{ a: null }], []],
  [
    'an empty array shows nothing',
    { rows: [{ a: 1 }] },
    { rows: [] },
    ['$.rows[]: empty, so that nothing was compared'],
  ],
  [
    'elements where the exchange had none',
    { rows: [] },
    { rows: [1] },
    ['$.rows[]: unknown to the exchange'],
  ],
  [
    'a candle is compared by position',
    [[1, 'a', 'b']],
    [[1, 2, 'b']],
    ['$[].1: number, on the exchange string'],
  ],
  ['a candle that is too short', [[1, 'a', 'b']], [[1, 'a']], ['$[].2: missing']],
])('%s', (_title, real, simulated, told) => {
  expect(differencesOfShape(real, simulated)).toEqual(told);
});

test('an array in place of an object is told', () => {
  expect(differencesOfShape([{ a: 1 }], { a: 1 })).toContain('$: object, on the exchange array');
});

test('an allowed path covers what is beneath it and nothing beside it', () => {
  const real = { info: { a: 1 }, infos: 1 };
  expect(differencesOfShape(real, { info: { b: [1] }, infos: 's' }, ['$.info'])).toEqual([
    '$.infos: string, on the exchange number',
  ]);
});
