import { edit, type Mutant, mutant } from '../mutant.js';

/** What the exchange sends: records, sizes, secrets, markets. */
export const ANSWERS: readonly Mutant[] = [
  mutant(
    'C6',
    'a cursor that stays at what is in process',
    edit('client/history.ts', 'Math.min(cursor.completeUntil, openSince)', 'cursor.completeUntil'),
  ),
  mutant(
    'C6',
    'a look back at what was final',
    edit(
      'service/stream-begins.ts',
      '    ...finalTransfers.filter(({ time }) => time >= since(lookBackMs)),\n',
      '',
    ),
  ),
  mutant(
    'C7',
    'a record that cannot be interpreted costing itself alone',
    edit(
      'client/record-list.ts',
      "      if (!(error instanceof ExpectedError) || error.kind !== 'guard') throw error;\n      failures",
      '      if (error) throw error;\n      failures',
    ),
  ),
  mutant(
    'C8',
    'a limit of the bytes of an answer',
    edit(
      'client/transport.ts',
      '    if (size > maxBytes) throw new RequestFailure(`the answer is larger than ${maxBytes} bytes`);\n',
      '',
    ),
  ),
  mutant(
    'C8',
    'a limit of the values of an answer',
    edit(
      'client/exact-json.ts',
      '    if (values > maxValues) throw new SyntaxError(`more than ${maxValues} values`);\n',
      '',
    ),
  ),
  mutant(
    'C9',
    'the forms of a secret within base64',
    edit('redaction.ts', 'const base64 = [0, 1, 2].map(', 'const base64 = [0].map('),
  ),
  mutant(
    'C12',
    'windows as short as rewards need',
    edit(
      'client/binance/streams.ts',
      "    windowMs: days(30),\n    pages: numberedPages({ param: 'current',",
      "    windowMs: days(90),\n    pages: numberedPages({ param: 'current',",
    ),
  ),
  mutant(
    'F1',
    'prices over another coin',
    edit(
      'client/prices.ts',
      '  return [...direct(asset).map((leg): Route => [leg]), ...bridges];',
      '  return direct(asset).map((leg): Route => [leg]);',
    ),
  ),
  mutant(
    'F3',
    'a new list of markets for a new coin',
    edit(
      'client/market-list.ts',
      '    if (absent.length === 0 || this.',
      '    if (absent.length >= 0 || this.',
    ),
  ),
  mutant(
    'F7',
    'new trades being looked for by their time too',
    edit('client/pagination.ts', ' && cursor.completeUntil < cursor.window.to) {', ') {'),
  ),
];
