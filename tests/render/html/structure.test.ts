import { describe, expect, test } from '@jest/globals';
import { type HtmlPart, htmlParts } from '../../support/html-parts.js';
import { OPTIONS, report } from '../reports.js';
import { renderReport } from '../rendered.js';

type Tag = Extract<HtmlPart, { kind: 'open' }>;

const VOID = new Set(['meta', 'rect', 'line', 'path', 'circle']);
const page = renderReport(report(['bybit', 'bybit/sub1']), OPTIONS);
const parts = htmlParts(page);
const tags = parts.filter((part): part is Tag => part.kind === 'open');
const named = (...names: readonly string[]): readonly Tag[] =>
  tags.filter(({ name }) => names.includes(name));

test('the page needs no network and no script, and forbids both', () => {
  expect(page).toContain(
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />`,
  );
  expect(page).not.toMatch(/https?:|@import|\burl\((?!#)/);
  expect(named('script', 'link', 'img', 'iframe', 'object', 'base', 'form', 'a', 'foreignObject')).toEqual(
    [],
  );
  const names = new Set(tags.flatMap(({ attributes }) => Object.keys(attributes)));
  expect([...names].filter((name) => /^on|^(src|href|srcset|action|xlink:href)$/.test(name))).toEqual([]);
});

test('every element is closed by its own name', () => {
  const open: string[] = [];
  for (const part of parts) {
    if (part.kind === 'open' && !VOID.has(part.name)) open.push(part.name);
    if (part.kind === 'close') expect(part.name).toBe(open.pop());
  }
  expect(open).toEqual([]);
});

describe('for whoever does not see it', () => {
  test('it has a language, a title and a character set, and says that it is fit for a phone', () => {
    expect(named('html')[0]?.attributes['lang']).toBe('en');
    expect(page).toMatch(/<title>Portfolio of 2026-01-09<\/title>/);
    expect(page.indexOf('<meta charset="utf-8"')).toBeLessThan(200);
    expect(page).toContain('width=device-width');
    expect(page).toContain('<meta name="color-scheme" content="light dark" />');
  });

  test('headings go down one level at a time', () => {
    const levels = named('h1', 'h2', 'h3', 'h4').map(({ name }) => Number.parseInt(name.slice(1), 10));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.every((level, at) => at === 0 || level <= (levels[at - 1] ?? 0) + 1)).toBe(true);
  });

  test('every drawing has a role, a title and a description', () => {
    const drawings = named('svg').filter(({ attributes }) => attributes['role'] === 'img');
    expect(drawings).toHaveLength(3);
    for (const { attributes } of drawings) {
      expect(page).toContain(`<title id="${attributes['aria-labelledby'] ?? ''}">`);
      expect(page).toMatch(new RegExp(`<desc id="${attributes['aria-describedby'] ?? ''}">[^<]{20,}</desc>`));
    }
  });

  test('every table has a caption, and every head says whose it is', () => {
    expect(named('caption')).toHaveLength(named('table').length);
    expect(named('th').every(({ attributes }) => /^(row|col)$/.test(attributes['scope'] ?? ''))).toBe(true);
  });

  test('ids are unique, and whatever is referred to is there', () => {
    const ids = tags.flatMap(({ attributes }) => attributes['id'] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const meant = tags.flatMap(({ attributes }) => [
      ...[attributes['aria-labelledby'], attributes['aria-describedby']].filter((id) => id !== undefined),
    ]);
    expect(meant.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('what scrolls can be reached without a mouse', () => {
    const scrolling = tags.filter(({ attributes }) => attributes['class'] === 'scroll');
    expect(scrolling.length).toBeGreaterThan(0);
    expect(
      scrolling.every(({ attributes }) => attributes['tabindex'] === '0' && attributes['role'] === 'region'),
    ).toBe(true);
  });
});
