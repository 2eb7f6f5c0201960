import { expect, test } from '@jest/globals';
import { parseDecimal, toText } from '../../src/models/decimal.js';
import { rounded } from '../../src/models/figures.js';
import { describeOnBoth } from '../support/databases.js';

describeOnBoth('the figures of the views', (database) => {
  test('round as the program does: 8 decimals, below 1 as many significant digits, nothing to 0', async () => {
    for (const text of [
      '0',
      '5',
      '-12345678901234567890.123456789',
      '1.00000002499',
      '0.12345678912',
      '0.0000123456789012',
      '-0.00000000000000123456789',
    ]) {
      const [row] = await database().run(
        (sql) =>
          sql<{ figure: string }[]>`select exchange_sync.rounded(${text}::text::numeric)::text as figure`,
      );
      expect(row?.figure).toBe(toText(rounded(parseDecimal(text))));
    }
  });
});
