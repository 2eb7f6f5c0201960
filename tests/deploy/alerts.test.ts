import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { FAMILIES } from '../../src/monitoring/families.js';

const NAMES = FAMILIES.map(({ name }) => name);
const metricsIn = (text: string) => [...new Set(text.match(/\bexchange_sync_[a-z_]+/g))];

test('the alerts ask for metrics that are written', () => {
  const used = metricsIn(readFileSync('src/deploy/alerts.yml', 'utf8'));
  expect(used).not.toHaveLength(0);
  expect(NAMES).toEqual(expect.arrayContaining(used));
});

test('the README.md of the folder explains every metric, and none that is not written', () => {
  const rows = readFileSync('src/deploy/README.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `exchange_sync_'));
  expect(metricsIn(rows.join('\n')).sort()).toEqual([...NAMES].sort());
});
