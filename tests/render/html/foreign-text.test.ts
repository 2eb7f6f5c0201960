import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Bridges } from '../../../src/models/bridge.js';
import type { Report } from '../../../src/models/report.js';
import { printable } from '../../../src/render/escape.js';
import { renderReport } from '../../../src/render/html/page.js';
import { skeletonOf, textsOf } from '../../support/html-parts.js';
import { account, asset, bridges } from '../bridges.js';
import { holding, NOW, OPTIONS, portfolio, report } from '../reports.js';

const HOSTILE = [
  '<script>alert(1)</script>',
  '</style><script>',
  '</title></svg></td>',
  '"><img src=x onerror=alert(1)>',
  "' onload='x",
  '<!--',
  ']]>',
  '&lt;b&gt;&amp;&#0;',
  '\u0000\u001b[31m\u202etxt',
  '${1}`',
  '\ud800',
  '=cmd()',
];
const TIME = /\d{4}-\d\d-\d\d/;

interface Names {
  readonly account: string;
  readonly assets: readonly [string, string, string];
  readonly route: string;
  readonly wallet: string;
  readonly message: string;
}

/** A page in which each of the names stands wherever such a name can stand. */
function named({ account: name, assets, route, wallet, message }: Names): Report {
  const [priced, partly, unpriced] = assets;
  const held = portfolio(name, {
    holdings: [
      holding(priced, '1', { price: '300', route: [route], cost: ['1', '10'], pricedAt: NOW - 86_400_000 }),
      holding(partly, '2', { price: '100', route: [route, route], cost: ['1', '10'] }),
      holding(unpriced, '3'),
    ],
    lastFailure: { time: NOW - 60_000, message },
    wallets: [{ wallet, readAt: undefined, failure: message }],
    estimated: new Map([[priced, holding(priced, '1').quantity]]),
    missingAcquisitions: [unpriced],
  });
  const moved = [
    asset(priced, '10', { priceMoves: '5' }, { estimated: true }),
    asset(partly, '10', { income: '1' }),
    asset(unpriced, '0', {}, { bridge: undefined, unvalued: holding(unpriced, '1').quantity }),
  ];
  const content: Bridges = {
    ...bridges([account(moved, { account: name })]),
    unbridged: [{ account: name, newest: NOW, reason: 'single' }],
  };
  const shown = report([name], { bridges: { known: true, content } });
  if (!shown.history.known) throw new Error('no history');
  const accounts = shown.history.content.accounts.map(({ series }) => ({
    account: name,
    series: {
      ...series,
      points: series.points.slice(-9).map((point) => ({ ...point, unpriced: [unpriced] })),
    },
  }));
  return {
    ...shown,
    portfolio: { accounts: [held], recent: [] },
    history: { known: true, content: { ...shown.history.content, accounts, absent: [name] } },
  };
}

const PLAIN: Names = { account: 'a', assets: ['B', 'C', 'D'], route: 'r', wallet: 'w', message: 'm' };
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
  const hostile: Names = {
    account: name,
    assets: [name, `${name}2`, `3${name}`],
    route: name,
    wallet: name,
    message: name,
  };
  expect(skeleton(hostile)).toBe(FIXED.open);
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
