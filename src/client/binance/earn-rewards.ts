import * as v from 'valibot';
import type { Income } from '../drafts.js';
import { msOf, recordOf, shaped, unsignedOf, wholeOf } from '../answer.js';
import { readRecords } from '../records.js';
import type { Asked, Page } from '../stream-traits.js';

const PAGE = 100;

/**
 * Interest that flexible positions earn in real time and keep. The bonus on it is a distribution, which the
 * dividends tell (github.com/ccxt/ccxt/issues/25793): asked for here too it would be counted twice.
 */
export const rewardParams = ({ from, to, page }: Asked): Record<string, string> => ({
  type: 'REALTIME',
  startTime: String(from),
  endTime: String(to),
  current: page ?? '1',
  size: String(PAGE),
});

const rewards = v.object({ rows: v.array(v.unknown()) });
const reward = v.looseObject({
  asset: v.string(),
  rewards: v.string(),
  projectId: v.string(),
  type: v.string(),
  time: v.string(),
});

export function rewardPage(answer: unknown, { page = '1' }: Asked): Page<Income> {
  const { rows } = shaped(rewards, answer, 'earn rewards');
  return {
    ...readRecords(rows, 'an earn reward', rewardsIn),
    next: rows.length < PAGE ? undefined : String(wholeOf(page, 'a page') + 1),
  };
}

export function rewardsIn(record: unknown): readonly Income[] {
  const row = recordOf(reward, record, 'an earn reward');
  return row.type === 'BONUS' ? [] : [incomeOf(row)];
}

/** Without an id of its own; a product pays once at a moment. */
function incomeOf(row: v.InferOutput<typeof reward>): Income {
  return {
    id: `realtime:${row.projectId}:${row.asset}:${row.time}`,
    asset: row.asset,
    amount: unsignedOf(row.rewards, `an earn reward in ${row.asset}`),
    reason: 'interest',
    time: msOf(row.time, 'the time of an earn reward'),
    raw: row,
  };
}
