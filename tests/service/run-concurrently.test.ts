import { describe, expect, test } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { runConcurrently } from '../../src/service/run-concurrently.js';

describe('work on several items', () => {
  test('goes on at several at a time, and no more, until all are done', async () => {
    let running = 0;
    const counts: number[] = [];
    const done: number[] = [];
    await runConcurrently([5, 1, 4, 2, 3], 2, async (item) => {
      running += 1;
      counts.push(running);
      await wait(item);
      running -= 1;
      done.push(item);
    });
    expect(Math.max(...counts)).toBe(2);
    expect(done.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
  });

  test('begins no item after a failure, and throws it once those that were begun have ended', async () => {
    const ended: string[] = [];
    const work = async (item: string) => {
      if (item === 'fails') throw new Error('first');
      await wait(20);
      ended.push(item);
    };
    await expect(runConcurrently(['slow', 'fails', 'never'], 2, work)).rejects.toThrow('first');
    expect(ended).toEqual(['slow']);
  });
});
