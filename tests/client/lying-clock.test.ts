import { describe, expect, test } from '@jest/globals';
import { type ClientStage, openClient, readPages } from '../support/client.js';
import { onClient } from '../support/on-client.js';

const HOUR_MS = 3_600_000;

let stage: ClientStage;

onClient(
  (opened) => {
    stage = opened;
  },
  { open: openClient },
);

describe('a clock of an exchange', () => {
  test.each([
    ['a year ahead of', 24 * 365.25],
    ['a year behind', -24 * 365.25],
    ['two days ahead of', 48],
  ])('that is %s ours is not believed: nothing is read by it', async (_how, hours) => {
    const { world } = stage.simulator;
    world.advance(hours * HOUR_MS);
    await expect(readPages(stage, 'trades', world.now() - HOUR_MS)).rejects.toMatchObject({
      kind: 'credentials',
      message: expect.stringContaining(
        `clock mismatch: Bybit ${new Date(world.now()).toISOString().slice(0, 13)}`,
      ) as unknown,
    });
    expect(stage.kept.has('clock-offset')).toBe(false);
  });
});
