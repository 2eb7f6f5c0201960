import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AccountPortfolio } from '../../src/models/portfolio.js';
import { printable } from '../../src/render/escape.js';
import { DARK, LIGHT } from '../../src/render/formats/html/style.js';
import { HOSTILE, named, PLAIN, sameName } from '../render/foreign-names.js';
import { OPTIONS, report } from '../render/reports.js';
import { BROWSER, type Tab, withTab } from '../support/browser.js';
import { needsPackage } from '../support/needs.js';
import { readPng } from '../support/png.js';
import { until } from '../support/until.js';
import { renderReport } from '../render/rendered.js';

type Scheme = 'light' | 'dark';

const WHOLE = renderReport(report(['bybit', 'bybit/sub1']), OPTIONS);
const PALETTES = { light: LIGHT, dark: DARK };
/** A4 less its margins of 14 mm, at 96 pixels an inch. */
const PAPER = 688;

/** Whatever reaches over the edge of the page; within a table that scrolls by itself it may. */
const STICKING_OUT = `
  [...document.querySelectorAll('body *')]
    .filter((one) => !one.closest('.scroll table') && getComputedStyle(one).display !== 'none')
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5 || one.getBoundingClientRect().left < -0.5)
    .map((one) => one.outerHTML.slice(0, 100))`;

let folder: string;

beforeAll(() => {
  needsPackage(BROWSER, BROWSER, '--version');
  folder = mkdtempSync(join(tmpdir(), 'exchange-sync-page-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The same with a million times as much of everything. */
const enlarged = (account: AccountPortfolio): AccountPortfolio => ({
  ...account,
  realized: account.realized?.times(1_000_000),
  holdings: account.holdings.map((held) => ({
    ...held,
    quantity: held.quantity.times(1_000_000),
    cost: {
      ...held.cost,
      knownQuantity: held.cost.knownQuantity.times(1_000_000),
      cost: held.cost.cost.times(1_000_000),
    },
  })),
});

interface Look {
  readonly width: number;
  readonly scheme?: Scheme;
  readonly media?: 'print';
}

async function open(tab: Tab, page: string, { width, scheme = 'light', media }: Look): Promise<void> {
  const file = join(folder, 'report.html');
  writeFileSync(file, page);
  const size = { width, height: 800, deviceScaleFactor: 1, mobile: width < 600 };
  await tab.send('Emulation.setDeviceMetricsOverride', size);
  const features = [{ name: 'prefers-color-scheme', value: scheme }];
  await tab.send('Emulation.setEmulatedMedia', { media: media ?? 'screen', features });
  const loads = () => tab.events.filter(({ method }) => method === 'Page.loadEventFired').length;
  const before = loads();
  await tab.send('Page.navigate', { url: pathToFileURL(file).href });
  await until(() => Promise.resolve(loads() > before ? true : undefined));
}

/** Errors on the console, dialogs, and requests other than for the page itself. */
const complaints = ({ events }: Tab): readonly unknown[] =>
  events.filter(
    ({ method, params }) =>
      ['Log.entryAdded', 'Runtime.consoleAPICalled', 'Runtime.exceptionThrown'].includes(method) ||
      method === 'Page.javascriptDialogOpening' ||
      (method === 'Network.requestWillBeSent' && params['type'] !== 'Document'),
  );

describe('a browser without a network shows the page', () => {
  test.each<Look>([
    { width: 360, scheme: 'light' },
    { width: 360, scheme: 'dark' },
    { width: 1280, scheme: 'light' },
    { width: 1280, scheme: 'dark' },
  ])('whole, and in its colours: %j', async (look) => {
    await withTab(async (tab) => {
      await open(tab, WHOLE, look);
      expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(look.width);
      expect(await tab.evaluate(STICKING_OUT)).toEqual([]);
      const { data } = await tab.send('Page.captureScreenshot', { captureBeyondViewport: true });
      const { width, height, colours } = readPng(Buffer.from(data as string, 'base64'));
      const palette = PALETTES[look.scheme ?? 'light'];
      const share = (colour: string) =>
        (colours.get(Number.parseInt(colour.slice(1), 16)) ?? 0) / (width * height);
      expect(share(palette.card)).toBeGreaterThan(0.3);
      for (const colour of [palette.text, palette.accent, palette.gain])
        expect(share(colour)).toBeGreaterThan(0.0001);
      expect(complaints(tab)).toEqual([]);
    });
  });

  test('within the width of a phone, however long the names and the amounts', async () => {
    const long = named(sameName('A'.repeat(60)));
    const large = {
      ...long,
      portfolio: { ...long.portfolio, accounts: long.portfolio.accounts.map(enlarged) },
    };
    await withTab(async (tab) => {
      for (const shown of [long, large]) {
        await open(tab, renderReport(shown, OPTIONS), { width: 360 });
        expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(360);
        expect(await tab.evaluate(STICKING_OUT)).toEqual([]);
      }
    });
  });

  test('on a phone with its tables scrolling within themselves, the asset staying in sight', async () => {
    await withTab(async (tab) => {
      await open(tab, WHOLE, { width: 360 });
      const moved = await tab.evaluate(`
        const box = document.querySelector('.scroll'); box.scrollLeft = 120;
        [box.scrollLeft, box.querySelector('tbody th').getBoundingClientRect().left - box.getBoundingClientRect().left]`);
      expect(moved).toEqual([120, 0]);
    });
  });

  test('and no name becomes more than text', async () => {
    await withTab(async (tab) => {
      const elements = async (page: string) => {
        await open(tab, page, { width: 1280 });
        return await tab.evaluate(
          `[...document.querySelectorAll('*')].map((one) => one.localName + [...one.attributes].map(({ name }) => name))`,
        );
      };
      const plain = await elements(renderReport(named(PLAIN), OPTIONS));
      for (const name of HOSTILE) {
        expect(await elements(renderReport(named(sameName(name)), OPTIONS))).toEqual(plain);
        const texts = await tab.evaluate(
          `[...document.querySelectorAll('.asset')].map((one) => one.textContent)`,
        );
        expect(texts).toContain(printable(name));
      }
      expect(complaints(tab)).toEqual([]);
    });
  });
});

describe('a printer', () => {
  test('gets it light, whole and within the paper, even where the screen is dark', async () => {
    await withTab(async (tab) => {
      await open(tab, WHOLE, { width: PAPER, scheme: 'dark', media: 'print' });
      expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PAPER);
      const wide = await tab.evaluate(
        `[...document.querySelectorAll('table')].filter((one) => one.getBoundingClientRect().right > ${PAPER} + 0.5).length`,
      );
      expect(wide).toBe(0);
      expect(await tab.evaluate('getComputedStyle(document.body).color')).toBe(rgb(LIGHT.text));
      const broken = await tab.evaluate(
        `[...document.querySelectorAll('tr, svg')].filter((one) => getComputedStyle(one).breakInside !== 'avoid').length`,
      );
      expect(broken).toBe(0);
      const { data } = await tab.send('Page.printToPDF', { preferCSSPageSize: true, printBackground: true });
      const pdf = Buffer.from(data as string, 'base64').toString('latin1');
      expect(pdf.slice(0, 5)).toBe('%PDF-');
      expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1);
    });
  });
});

const rgb = (colour: string): string =>
  `rgb(${[1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)).join(', ')})`;
