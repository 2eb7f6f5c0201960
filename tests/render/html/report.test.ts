import { describe, expect, test } from '@jest/globals';
import { parseDecimal } from '../../../src/models/decimal.js';
import { htmlParts, textsOf } from '../../support/html-parts.js';
import { holding, NOW, OPTIONS, portfolio, report } from '../reports.js';
import { renderReport } from '../rendered.js';

const DAY_MS = 86_400_000;
const page = renderReport(report(), OPTIONS);
/** What is written from the heading on, with a space between any two elements. */
const text = (html: string): string =>
  htmlParts(html.replace(/<style>[^]*<\/style>/, ''))
    .flatMap((part) => (part.kind === 'text' ? (part.text.match(/\S+/g) ?? []) : []))
    .join(' ');
const withAccounts = (...accounts: readonly ReturnType<typeof portfolio>[]) =>
  renderReport(report(['bybit'], { portfolio: { accounts, recent: [], rate: undefined } }), OPTIONS);

describe('the figures', () => {
  test.each([
    ['the total, and below it what it leaves out', 'Total value 69,425.78 USD Without GIFT: no price.'],
    ['of how many assets the cost is known', 'Cost known for 4 of 5 assets, in part for SOL.'],
    ['the unrealized profit with its sign and part', 'Unrealized P&L +3,587.20 +10.80%'],
    ['what was realized', 'Realized P&L +2,040.76 since the beginning'],
    ['the change over a day', 'Gain over 24 h -399.00 -0.57% value -399.00 (-0.57%) since 2026-01-08 12:00'],
    ['the change over a week', 'Gain over 7 d +183.00 +0.26% value +183.00 (+0.26%) since 2026-01-02 12:00'],
    ['the way of the history', '61,000.00 → 70,059.00 USD · +9,059.00, +14.85%'],
    ['a holding', 'BTC 26,831.66 38.65% +4,480.09 +20.04% 0.4058 55,080.261 66,120.40 BTC/USDT'],
    ['money as counted by its peg', 'USDT 30,746.32 44.29% · 30,746.3166858 · 1.00 counted as 1'],
    ['the detour and the age of a price', 'MNT price of 2 days ago 573.54'],
    ['over which markets it went', 'MNT/BTC × BTC/USDT'],
    ['for how much a cost is known', '140.00 known for 20 of 32.5 in part an estimate'],
    ['what has no price as —', 'GIFT no price — — 1,000 — —'],
    ['the sums', 'Total 69,425.78 +3,587.20 +10.80%'],
    ['the notes of the table', 'No price for GIFT: not in the totals; last known 0.12 USD 3 days ago.'],
    ['the bridge', 'Value before 44,070.00 Price moves -392.38 Realized, before fees +1,000.00'],
    ['the bridge by asset', 'BTC 30,000.00 -512.50 +1,000.00 · -12.25 · -5,000.00 0.00 -4,524.75 25,475.25'],
    ['the time', 'bybit · in USD · as of 2026-01-09 12:00 UTC'],
  ])('%s', (_, expected) => {
    expect(text(page)).toContain(expected);
  });

  test('of several accounts are summed, and each has its tables', () => {
    const both = renderReport(report(['bybit', 'bybit/sub1']), OPTIONS);
    expect(text(both)).toContain('Total value 138,851.55 USD');
    expect(both.match(/<h3>bybit(\/sub1)?<\/h3>/g)).toHaveLength(4);
    expect(text(both)).toContain('All 2 accounts Changes of all accounts, amounts in USD Account Before');
    const grouped = renderReport(report(['bybit', 'bybit/sub1']), { ...OPTIONS, group: 'asset' });
    expect(text(grouped)).toContain('BTC 53,663.32 38.65% +8,960.18 +20.04% 0.8116');
  });

  test('of a coin that one account owes to another have no part, with amounts hidden too', () => {
    const cost = ['1', '100'] as const;
    const held = portfolio('bybit', { holdings: [holding('BTC', '1', { price: '200', cost })] });
    const owing = portfolio('bybit/sub1', { holdings: [holding('BTC', '-1', { price: '200' })] });
    const both = report(['bybit'], { portfolio: { accounts: [held, owing], recent: [], rate: undefined } });
    const options = { ...OPTIONS, group: 'asset' } as const;
    expect(text(renderReport(both, options))).toContain('100.00 known for 1 of 0 ');
    expect(text(renderReport(both, { ...options, privacy: true }))).toContain('100.00 known for — ');
  });

  test('that are not known are — with the reason, never 0', () => {
    const shown = text(
      withAccounts(portfolio('bybit', { holdings: [holding('GIFT', '7')], realized: undefined })),
    );
    expect(shown).toContain('Total value — USD Without GIFT: no price.');
    expect(shown).toContain('Unrealized P&L — nothing has a price and a cost');
    expect(shown).toContain('Realized P&L — not every account was synced yet');
    expect(shown).toContain('Gain over 24 h — no two snapshots to compare');
    expect(shown).toContain('No asset has a share: the total is not known, or not above 0.');
  });

  test('of an account that is behind are said to be', () => {
    const late = portfolio('bybit', {
      lastSuccess: NOW - 3 * DAY_MS,
      lastFailure: { time: NOW - 60_000, message: 'refused <b>' },
    });
    expect(text(withAccounts(late))).toContain('bybit: synced 3 days ago.');
    expect(textsOf(withAccounts(late), 'failure')).toEqual([
      '✗ The newest run failed 1 minute ago: refused <b>',
    ]);
  });

  test('follow --sort and --min-value; the totals stay', () => {
    const shown = renderReport(report(), { ...OPTIONS, sort: 'asset', minValue: parseDecimal('1000') });
    expect(textsOf(shown, 'asset').slice(0, 5)).toEqual(['BTC', 'ETH', 'GIFT', 'SOL', 'USDT']);
    expect(text(shown)).toContain('1 asset under 1,000 USD not shown, but in the totals.');
    expect(text(shown)).toContain('Total 69,425.78');
    expect(text(shown)).toContain('1 other 0.83%');
  });
});

describe('the parts that there is nothing of', () => {
  const missing = {
    known: false,
    reason: 'there is no bridge to show: one snapshot',
    fix: 'Sync again.',
  } as const;

  test('say why and what brings them, and the rest stands', () => {
    const shown = renderReport(report(['bybit'], { history: missing, bridges: missing }), OPTIONS);
    expect(textsOf(shown, 'missing')).toEqual(
      Array.from({ length: 2 }, () => 'There is no bridge to show: one snapshot. Sync again.'),
    );
    expect(shown).not.toContain('id="changes"');
    expect(text(shown)).toContain('Total value 69,425.78');
  });

  test('a bridge of what has no price is said, not drawn', () => {
    const { bridges } = report();
    if (!bridges.known) throw new Error('no bridge');
    const content = { ...bridges.content, total: { bridge: undefined, leftOut: ['GIFT'] } };
    const shown = renderReport(report(['bybit'], { bridges: { known: true, content } }), OPTIONS);
    expect(text(shown)).toContain('Nothing is known: nothing has a price.');
    expect(shown).not.toContain('waterfall-title');
  });
});

test('holdings of nothing are said to be', () => {
  expect(text(withAccounts(portfolio('bybit', { holdings: [] })))).toContain('Nothing is held.');
});
