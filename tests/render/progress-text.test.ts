import { expect, test } from '@jest/globals';
import { progressText } from '../../src/render/progress-text.js';

const state = { planned: 104, read: 26, trades: 1240, elapsedMs: 40_000 };

test.each([
  [state, 80, 'Reading history: 26 of 104 periods, 1,240 trades found, 2 minutes left'],
  [
    { ...state, elapsedMs: 4_000 },
    80,
    'Reading history: 26 of 104 periods, 1,240 trades found, 12 seconds left',
  ],
  [state, 60, 'Reading history: 26 of 104 periods, 1,240 trades found'],
  [state, 40, 'Reading history: 26 of 104 periods'],
  [state, 20, ''],
  [{ ...state, read: 4 }, 80, 'Reading history: 4 of 104 periods, 1,240 trades found'],
  [{ ...state, read: 104 }, 80, 'Reading history: 104 of 104 periods, 1,240 trades found'],
  [{ planned: 1, read: 0, trades: 1, elapsedMs: 0 }, 80, 'Reading history: 0 of 1 period, 1 trade found'],
])('%j in %i columns reads %j', (progress, width, text) => {
  expect(progressText(progress, width)).toBe(text);
});
