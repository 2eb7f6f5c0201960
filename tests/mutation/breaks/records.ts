import { edit, type Mutant, mutant } from '../mutant.js';

/** Prices, names and trades, as they are told. */
export const RECORDS: readonly Mutant[] = [
  mutant(
    33,
    'a price that is not known being none',
    edit(
      'client/prices.ts',
      '{ known: true, ...quote, pricedAt: tickers.time } : NO_PRICE]',
      "{ known: true, ...quote, pricedAt: tickers.time } : { ...NO_PRICE, known: true, price: ONE, route: ['none'], pricedAt: tickers.time }]",
    ),
  ),
  mutant(
    33,
    'the last price that was known',
    edit(
      'repository/portfolio.ts',
      'price === undefined && lastPrice !== undefined',
      'false && lastPrice !== undefined',
    ),
  ),
  mutant(
    36,
    'marks that turn text around being shown as what they are',
    edit(
      'render/escape.ts',
      '/[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]/gu',
      '/[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]/gu',
    ),
  ),
  mutant(
    36,
    'the same in JSON',
    edit(
      'render/json/text.ts',
      'visible(JSON.stringify(value, undefined, 2))',
      'JSON.stringify(value, undefined, 2)',
    ),
  ),
  mutant(
    36,
    'a stand-in for NUL',
    edit('models/text.ts', '/[\\0\\p{Surrogate}]/gu', '/\\p{Surrogate}/gu'),
    edit(
      'client/exact-json.ts',
      "    } else if (text.slice(from, end).includes('\\\\')) {",
      "    } else if (text.slice(from, end).includes('none')) {",
    ),
  ),
  mutant(
    36,
    'the quote before what a spreadsheet would calculate',
    edit('render/formats/csv.ts', "? `'${visible}` : visible", '? visible : visible'),
  ),
  mutant(
    37,
    'one of each trade',
    edit(
      'repository/event-rows.ts',
      '  return [...new Map(items.map((item) => [key(item), item])).values()];',
      '  return [...new Map(items.map((item, at) => [`${key(item)} ${at}`, item])).values()];',
    ),
  ),
  mutant(37, 'an order of its own', edit('accounting/order.ts', '    compareIds(a.id, b.id) ||\n', '')),
  mutant(
    38,
    'the overlap',
    edit(
      'client/pagination.ts',
      'Math.min(cursor.completeUntil, now) - overlapOf(read, cursor)',
      'Math.min(cursor.completeUntil, now)',
    ),
  ),
  mutant(
    38,
    'a cursor that stays at the page not read yet',
    edit(
      'client/history.ts',
      '  if (next !== undefined) return { stream, completeUntil: span.from, window: { ...span, page: next } };\n',
      '  if (next !== undefined) return completed(stream, span.to);\n',
    ),
  ),
  mutant(
    47,
    'UTC in what is stored without a zone',
    edit('repository/runs.ts', "now() at time zone 'UTC'", 'now()'),
  ),
  mutant(
    47,
    'UTC days in what is shown',
    edit(
      'models/day.ts',
      'new Date(time).toISOString().slice(0, 10)',
      "new Date(time).toLocaleDateString('sv')",
    ),
  ),
];
