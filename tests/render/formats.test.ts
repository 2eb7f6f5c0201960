import { describe, expect, test } from '@jest/globals';
import type { CheckResult } from '../../src/models/check.js';
import { parseDecimal, ZERO } from '../../src/models/decimal.js';
import type { SyncReport } from '../../src/models/sync-report.js';
import type { AssetTraces } from '../../src/models/trace.js';
import type { Document } from '../../src/render/document.js';
import { attributionDocument } from '../../src/render/documents/attribution.js';
import { checksDocument } from '../../src/render/documents/checks.js';
import { historyDocument } from '../../src/render/documents/history.js';
import { portfolioDocument } from '../../src/render/documents/portfolio.js';
import { resultsDocument } from '../../src/render/documents/results.js';
import { syncDocument } from '../../src/render/documents/sync-run.js';
import { tradesDocument } from '../../src/render/documents/trades.js';
import { renderCsv } from '../../src/render/formats/csv.js';
import { renderHtml } from '../../src/render/formats/html.js';
import { renderMarkdown } from '../../src/render/formats/markdown.js';
import { renderTerminal } from '../../src/render/formats/terminal.js';
import { pageOf } from '../../src/render/page.js';
import { htmlParts } from '../support/html-parts.js';
import { account as bridgeOf, ASSETS as BRIDGED, bridges } from './bridges.js';
import { NOW, OPTIONS, POINTS, portfolio } from './reports.js';
import { account as resultsOf, ASSETS as RESULTS, results } from './results.js';

const settings = { currency: 'USD', privacy: false } as const;
const HOSTILE = 'A|B*<i>\u001b[31m';
const position = {
  quantity: parseDecimal('12.5'),
  cost: parseDecimal('1234.5'),
  knownQuantity: parseDecimal('12.5'),
  average: parseDecimal('98.76'),
  estimatedQuantity: ZERO,
};
const traces: AssetTraces = {
  asset: HOSTILE,
  now: NOW,
  method: 'average',
  accounts: [
    {
      account: 'bybit',
      asset: HOSTILE,
      cash: false,
      lines: [
        {
          time: NOW,
          event: 'trade 1',
          what: 'bought',
          counter: 'USDT',
          quantity: parseDecimal('12.5'),
          value: parseDecimal('1234.5'),
          charges: [],
          outcome: { realized: ZERO, position },
        },
      ],
      earlier: undefined,
      position,
      realized: ZERO,
      held: undefined,
      ahead: false,
    },
  ],
  absent: ['binance'],
};
const history = {
  from: NOW - 30 * 86_400_000,
  to: NOW,
  asset: HOSTILE,
  accounts: [{ account: 'bybit', series: { points: POINTS, gaps: [] } }],
  total: undefined,
  absent: [],
};
const [first] = BRIDGED;

const CHECKS: readonly CheckResult[] = [
  {
    name: 'exchange:bybit/sub1',
    state: 'critical',
    message: `the key can withdraw ${HOSTILE}`,
    remedy: 'Replace it:\n  chmod 600 .env',
    performance: {},
  },
];
const counts = { requests: 1500, retries: 0, milliseconds: 2_000 } as const;
const RUN: SyncReport = {
  runId: '1',
  milliseconds: 2_000,
  accounts: [
    { account: 'bybit', outcome: 'failed', kind: 'bug', message: HOSTILE, fix: 'Replace it.', ...counts },
  ],
};

/** A figure of each view that every format prints, and one that only CSV does. */
const DOCUMENTS: readonly (readonly [string, Document, string, string])[] = [
  [
    'portfolio',
    portfolioDocument([portfolio('bybit')], { ...OPTIONS, now: NOW, recent: [] }),
    '26,831.66',
    '26831.65832',
  ],
  ['history', historyDocument(history, settings), '70,059.00', '70059'],
  [
    'attribution',
    attributionDocument(
      bridges([bridgeOf([...BRIDGED, ...(first ? [{ ...first, asset: HOSTILE }] : [])])]),
      settings,
    ),
    '-512.50',
    '-512.5',
  ],
  ['results', resultsDocument(results([resultsOf(RESULTS)]), settings), '+1,234.57', '1234.567'],
  ['trades', tradesDocument(traces, settings), '1,234.50', '1234.5'],
  ['checks', checksDocument(CHECKS, NOW), 'exchange:bybit/sub1', 'bybit/sub1,exchange,critical'],
  ['sync', syncDocument(RUN, NOW), '1,500', ',1500,'],
];

describe.each(DOCUMENTS)('the view %s', (_, document, figure, exact) => {
  test('has its figures in every format', () => {
    expect(renderTerminal(document, { colour: false, width: 200 })).toContain(figure);
    expect(renderMarkdown(document).replaceAll('\\', '')).toContain(figure);
    expect(renderHtml(pageOf(document))).toContain(figure);
    expect(renderCsv(document, { exact: true })).toContain(exact);
  });

  test('is a whole page of which every element is closed', () => {
    const open: string[] = [];
    for (const part of htmlParts(renderHtml(pageOf(document)))) {
      if (part.kind === 'open' && !['meta', 'rect', 'line', 'path', 'circle'].includes(part.name)) {
        open.push(part.name);
      }
      if (part.kind === 'close') expect(part.name).toBe(open.pop());
    }
    expect(open).toEqual([]);
  });

  test('has names of columns that are unique, in its tables and its records', () => {
    const { keys, rows } = document.records();
    expect(new Set(keys).size).toBe(keys.length);
    expect(rows.every((row) => row.length === keys.length)).toBe(true);
    for (const block of document.sections.flatMap(({ blocks }) => blocks)) {
      if (block.kind !== 'table') continue;
      const columns = block.columns.map(({ key }) => key);
      expect(new Set(columns).size).toBe(columns.length);
      expect(new Set(block.columns.map(({ cells }) => cells.length)).size).toBe(1);
    }
  });

  test('steers neither a terminal nor a page nor a table with a foreign name', () => {
    for (const text of [
      renderTerminal(document, { colour: false, width: 100 }),
      renderMarkdown(document),
      renderHtml(pageOf(document)),
      renderCsv(document, { exact: false }),
    ]) {
      expect(text).not.toContain('\u001b');
    }
    expect(renderMarkdown(document)).not.toContain('|B*<i>');
    expect(renderHtml(pageOf(document))).not.toContain('<i>');
  });
});

test('with privacy the results of a period have no amount', () => {
  const shown = renderTerminal(
    resultsDocument(results([resultsOf(RESULTS)]), { currency: 'USD', privacy: true }),
    { colour: false, width: 200 },
  );
  expect(shown).toMatch(/^Realized in all +•••••/m);
  expect(shown).not.toMatch(/\d,\d{3}|\d\.\d\d/);
});
