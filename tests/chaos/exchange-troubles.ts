import { asked, type Disturbance, type Disturbed, someRequest } from '../simulation/disturbances.js';
import type { Random } from '../simulation/random.js';
import type { FaultKind } from '../simulator/faults.js';
import type { Over } from './plan.js';

type Trouble = Disturbance<Disturbed, Over>;

const BODIES = ['', '<html>502 Bad Gateway</html>', '{}', '{"retCode":0', '{"result":{}}', 'null', '"ok"'];
const STATUSES = [500, 502, 503, 504];
/** More than a request is tried. */
const MOST_TIMES = 6;

/** A fault of some requests in a row, from a random one on. */
const fault = (
  name: string,
  codes: readonly number[],
  some: (random: Random) => FaultKind,
  more: { readonly times?: number; readonly args?: readonly string[] } = {},
): Trouble => ({
  name,
  codes,
  draw: (random) => {
    const [at, times] = [someRequest(random), random.whole(1, more.times ?? MOST_TIMES)];
    const kind = some(random);
    return {
      detail: `${JSON.stringify(kind)} from the ${at}th request on, ${times} times`,
      args: more.args ?? [],
      prepare: ({ simulator }) => {
        simulator.faults.add({ ...kind, at, times });
      },
    };
  },
});

const OVERTAKEN: Trouble = {
  name: 'events in the meantime',
  codes: [0],
  draw: (random) => {
    const [at, events] = [someRequest(random), random.whole(1, 5)];
    return {
      detail: `${events} at the ${at}th request`,
      befall: async ({ story, simulator }, over) => {
        await asked(simulator, at, over);
        story.meanwhile(events);
      },
    };
  },
};

const WALLETS = [
  '/v5/asset/transfer/query-account-coins-balance',
  '/sapi/v1/asset/get-funding-asset',
  '/sapi/v1/simple-earn/flexible/position',
];

const WALLETS_REFUSED: Trouble = {
  name: 'wallets refused',
  codes: [0, 3],
  draw: (random) => {
    const refused = WALLETS.filter(() => random.chance(0.6));
    return {
      detail: refused.join(', '),
      prepare: ({ simulator }) => {
        for (const path of refused)
          simulator.faults.add({ kind: 'status', status: 403, path, times: Infinity });
      },
    };
  },
};

const DEADLINE = ['--timeout', '7s'];

/** What may befall every run of a round at the exchanges. */
export const EXCHANGE_TROUBLES: readonly (readonly [number, Trouble])[] = [
  [3, OVERTAKEN],
  [4, WALLETS_REFUSED],
  [1, fault('access refused', [0, 3, 77], () => ({ kind: 'status', status: 403 }))],
  [1, fault('too many requests', [0, 3, 69], retryAfter, { times: 2 })],
  [2, fault('server errors', [0, 3, 69], (random) => ({ kind: 'status', status: random.pick(STATUSES) }))],
  [2, fault('connections reset', [0, 3, 69], () => ({ kind: 'reset' }))],
  [1, fault('bodies cut off', [0, 3, 69], () => ({ kind: 'resetBody' }))],
  [3, fault('bodies of nonsense', [0, 3, 65, 69], (random) => ({ kind: 'body', body: random.pick(BODIES) }))],
  [1, fault('late answers', [0], (random) => ({ kind: 'delay', ms: random.whole(100, 1_500) }))],
  [0.5, fault('answers that drip', [0, 3, 69, 124], () => ({ kind: 'drip' }), { times: 2, args: DEADLINE })],
  [0.5, fault('no answers', [0, 3, 69, 124], () => ({ kind: 'stall' }), { times: 2, args: DEADLINE })],
];

function retryAfter(random: Random): FaultKind {
  const seconds = String(random.whole(0, 2));
  return { kind: 'status', status: 429, headers: { 'Retry-After': seconds } };
}
