import { expect, test } from '@jest/globals';
import { parseDecimal } from '../../src/models/decimal.js';
import {
  transferredCostJson,
  type TransferredCostJson,
  transferredCostOf,
} from '../../src/repository/checkpoints.js';

const lot = {
  quantity: parseDecimal('1.50'),
  cost: parseDecimal('3000.5'),
  grossCost: parseDecimal('2999'),
  unknownQuantity: parseDecimal('0'),
  estimatedQuantity: parseDecimal('0'),
  estimatedCost: parseDecimal('0'),
};
const cost = { time: 1_700_000_000_000, value: parseDecimal('3100'), lots: [lot] };

test('a transferred cost is stored by the names that earlier versions read, and is read back exactly', () => {
  const text = JSON.stringify(transferredCostJson(cost));
  const stored = JSON.parse(text) as TransferredCostJson;
  expect(Object.keys(stored)).toEqual(['time', 'value', 'parcels']);
  expect(JSON.stringify(transferredCostJson(transferredCostOf(stored)))).toBe(text);
});
