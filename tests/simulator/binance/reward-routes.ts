import type { SimulatedAccount } from '../account.js';
import type { World } from '../world.js';
import { latestFirst } from './latest-first.js';
import { limitOf, mandatory, whole } from './parameters.js';
import { BinanceError, padded, type Params, type SignedRoute } from './wire.js';

const DAY_MS = 86_400_000;
const LONGEST_MS = 30 * DAY_MS;

/** Newest first, of 30 days at most; a bonus is a distribution, and told among those. */
export const REWARD_ROUTES: Readonly<Record<string, SignedRoute>> = {
  '/sapi/v1/simple-earn/flexible/history/rewardsRecord': { weight: 150, answer: rewards },
};

function rewards(world: World, account: SimulatedAccount, params: Params) {
  const type = mandatory(params, 'type');
  const to = whole(params, 'endTime') ?? world.now();
  const from = whole(params, 'startTime') ?? to - 30 * DAY_MS;
  if (to - from > LONGEST_MS) throw new BinanceError(-1102, 'illegal parameter ');
  const all = type === 'BONUS' ? [] : latestFirst(account.rewards, from, to);
  const size = limitOf(params, 10, 100, 'size');
  const skipped = ((whole(params, 'current') ?? 1) - 1) * size;
  const rows = all.slice(skipped, skipped + size).map(({ asset, amount, time }) => ({
    asset,
    rewards: padded(amount),
    projectId: `${asset}001`,
    type: 'REALTIME',
    time,
  }));
  return { rows, total: all.length };
}
