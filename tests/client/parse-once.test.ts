import { expect, test } from '@jest/globals';
import { parseOnceForTwo } from '../../src/client/exact-json.js';

test('the second reader of a text is given what the first one got, a third one its own', () => {
  const { parse } = parseOnceForTwo();
  const first = parse('{"a":1.10}');
  expect(first).toEqual({ a: '1.10' });
  expect(parse('{"a":1.10}')).toBe(first);
  expect(parse('{"a":1.10}')).not.toBe(first);
});

test('answers that come between are parsed for themselves', () => {
  const { parse } = parseOnceForTwo();
  parse('[1]');
  expect(parse('[2]')).toEqual(['2']);
  expect(parse('[1]')).toEqual(['1']);
});

test('what is no JSON throws for both', () => {
  const { parse } = parseOnceForTwo();
  expect(() => parse('<html>')).toThrow();
  expect(() => parse('<html>')).toThrow();
});

test('what is forgotten is parsed again', () => {
  const { parse, forget } = parseOnceForTwo();
  const first = parse('[1]');
  forget();
  expect(parse('[1]')).not.toBe(first);
});
