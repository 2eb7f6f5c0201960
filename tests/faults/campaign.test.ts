import { expect, test } from '@jest/globals';
import { type DatabaseKind, playCampaign } from '../chaos/campaign.js';

const CAMPAIGNS: readonly (readonly [DatabaseKind, number])[] = [
  ['postgres', 5],
  ['embedded', 5],
];

test.each(CAMPAIGNS)(
  'on %s, runs that are disturbed at random leave nothing half done, and the next brings the whole truth',
  async (database, runs) => {
    const wrong: string[] = [];
    let rounds = 0;
    for await (const played of playCampaign({ seed: 5, runs, database })) {
      wrong.push(...played.wrong);
      rounds += 1;
    }
    expect(wrong).toEqual([]);
    expect(rounds).toBe(runs + 1);
  },
  300_000,
);
