import { describe, expect, test } from '@jest/globals';
import {
  alignedRows,
  bulletLine,
  type TextColumn,
  lightTable,
} from '../../src/render/formats/light-table.js';

const column = (head: string, priority: number, cells: readonly string[]): TextColumn => ({
  head,
  priority,
  cells,
  align: priority === 0 ? 'left' : 'right',
});

const COLUMNS = [
  column('Asset', 0, ['BTC', '漢字', 'Total']),
  column('Value', 1, ['1,234.50', '—', '1,234.50']),
  column('Weight', 2, ['100.00%', '—', '']),
];

describe('a light table', () => {
  test('has rules under its head and above its last row; wide characters take two columns', () => {
    expect(lightTable(COLUMNS, 80).split('\n')).toEqual([
      'Asset     Value   Weight',
      '────────────────────────',
      'BTC    1,234.50  100.00%',
      '漢字          —        —',
      '────────────────────────',
      'Total  1,234.50',
    ]);
  });

  test('drops the least needed columns until it fits', () => {
    expect(lightTable(COLUMNS, 23).split('\n')[0]).toBe('Asset     Value');
    expect(lightTable(COLUMNS, 14).split('\n')[0]).toBe('Asset');
  });

  test('names the columns that it drops', () => {
    expect(lightTable(COLUMNS, 14).split('\n').slice(-2).join(' ')).toBe('this width: Value, Weight');
    expect(lightTable(COLUMNS, 23).split('\n').slice(-2)).toEqual(['Not shown at this', 'width: Weight']);
    expect(lightTable(COLUMNS, 24)).not.toContain('Not shown');
  });

  test('has a line for each figure where not even the columns that stay fit', () => {
    const long = [column('Asset', 0, ['BTC', 'Total']), column('Value', 0, ['12,345,678.90', '—'])];
    const three = [...long, column('Weight', 2, ['100.00%', ''])];
    expect(lightTable(three, 17).split('\n')).toEqual([
      'BTC',
      '  Value',
      '    12,345,678.90',
      '  Weight  100.00%',
      '─'.repeat(17),
      'Total',
      '  Value   —',
    ]);
    expect(lightTable(long, 17).split('\n')).toEqual(['Asset  Value', 'BTC', '  12,345,678.90', 'Total  —']);
  });

  test('colours take no room', () => {
    const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
    expect(
      alignedRows(
        [
          [red('a'), 'b'],
          ['cc', 'd'],
        ],
        ['left', 'left'],
      ),
    ).toEqual([`${red('a')}   b`, 'cc  d']);
  });
});

describe('a bullet', () => {
  test('has its further lines below its first word', () => {
    expect(bulletLine('one two three four', 12)).toBe('· one two\n  three four');
  });
});
