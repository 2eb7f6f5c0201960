import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { currentReadings, type Readings } from './readings.js';

const STORED = join(process.cwd(), 'tests/fixtures/exchange-readings.json');

test('recorded answers and what is wrong in them are read as the first version of the readers did', () => {
  const stored = JSON.parse(readFileSync(STORED, 'utf8')) as Readings;
  const now = currentReadings();
  const differences = Object.entries(now).flatMap(([name, digests]) =>
    Object.keys(digests)
      .filter((place) => digests[place] !== stored[name]?.[place])
      .map((place) => `${name}: ${place}`),
  );
  expect(differences).toEqual([]);
  expect(Object.keys(now)).toEqual(Object.keys(stored));
});
