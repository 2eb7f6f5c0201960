import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printable } from '../../../src/render/escape.js';
import { skeletonOf, textsOf } from '../../support/html-parts.js';
import { HOSTILE, named, type Names, PLAIN, sameName } from '../foreign-names.js';
import { OPTIONS } from '../reports.js';
import { renderReport } from '../rendered.js';

const TIME = /\d{4}-\d\d-\d\d/;

const skeleton = (given: Names, privacy = false) =>
  skeletonOf(renderReport(named(given), { ...OPTIONS, privacy }));
const FIXED = { open: skeleton(PLAIN), private: skeleton(PLAIN, true) };

const text = fc
  .oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }), fc.string())
  // What looks like a time is not broken over lines, and the names of money are money.
  .filter((name) => !TIME.test(name) && !['', 'USD', 'peg'].includes(name));
const names = fc.record<Names>({
  account: text,
  assets: fc
    .uniqueArray(text, { minLength: 3, maxLength: 3 })
    .map(([first = '', second = '', third = '']) => [first, second, third] as const),
  route: text,
  wallet: text,
  message: text,
});

test.each(HOSTILE)('the page of %j is that of a plain name', (name) => {
  expect(skeleton(sameName(name))).toBe(FIXED.open);
});

test('no name adds an element or an attribute, and each comes back as it is spelled', () => {
  fc.assert(
    fc.property(names, fc.boolean(), (given, privacy) => {
      const page = renderReport(named(given), { ...OPTIONS, privacy });
      expect(skeletonOf(page)).toBe(privacy ? FIXED.private : FIXED.open);
      expect(textsOf(page, 'asset')).toEqual(expect.arrayContaining(given.assets.map(printable)));
      expect(textsOf(page, 'failure')[0]?.endsWith(printable(given.message))).toBe(true);
      expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
    { numRuns: 200 },
  );
});
